-- Reports as they were when they were made. Never changed, never deleted; they hold no words of anybody's, only references to quotes.
create table snapshot (
    study text not null,
    audience text not null,
    number int not null,
    at bigint not null,
    json text not null,
    primary key (study, audience, number)
);
