-- Who has looked at what people said. Lines are added and never changed; each is bound to the one before by a keyed hash, so that a change shows.
create table access (
    study text not null,
    number int not null,                        -- counts from 1 in each study
    at bigint not null,
    who text not null,                          -- a user of the operating system, or of the web pages
    what text not null,                         -- what was looked at, or where it went: never anybody's words
    quantity int not null,                      -- how many answers
    seal text not null,                         -- keyed hash of this line and the seal before it
    primary key (study, number)
);
