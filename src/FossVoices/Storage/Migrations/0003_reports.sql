-- What an organiser has opened and closed; the last word counts.
create table wave_state (
    study text not null,
    wave text not null,                         -- empty for a study without waves
    number int not null,
    opened smallint not null,                   -- 1 opened, 0 closed
    at bigint not null,
    primary key (study, wave, number)
);

-- Reports as they were when they were made. Never changed, never deleted; they hold no words of anybody's, only references to quotes.
create table snapshot (
    study text not null,
    audience text not null,
    number int not null,
    at bigint not null,
    json text not null,
    primary key (study, audience, number)
);
