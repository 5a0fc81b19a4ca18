-- What organisers say became of a theme: heard, decided, done. Their own words, about nobody.
create table theme_action (
    study text not null,
    theme text not null,                        -- a code
    heard text not null,
    decided text not null,
    done text not null,
    said_by text not null,
    at bigint not null,
    primary key (study, theme)
);
