-- Messages of a platform that show somebody's answers, to be taken away when the person withdraws.
create table trace (
    study text not null,
    session text not null,
    trace text not null,                        -- keyed hash of what follows
    message blob not null,                      -- how the platform finds it, sealed with the session's key
    primary key (study, session, trace),
    foreign key (study, session) references session (study, session) on delete cascade
);
