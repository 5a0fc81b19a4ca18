-- Reports in released words that are posted. What stands in them is read when it is shown; here are references, and sentences of the program's own.
create table words_report (
    study text not null,
    number int not null,
    wave text not null,                         -- whose words; empty for all waves
    shifts text not null,                       -- what is told of shifts within people, a sentence a line
    drawn_by text not null,
    drawn_at bigint not null,
    due_at bigint not null,                     -- until then those who are quoted can answer
    posted_at bigint null,
    dropped_at bigint null,                     -- called off before it was posted
    primary key (study, number)
);

-- On whose released words a report rests, and whose stand in it.
create table told (
    study text not null,
    number int not null,
    session text not null,
    address text not null,
    codes text not null,                        -- its themes when the report was drawn
    coded text not null,                        -- where they were found then: START+LENGTH, no words
    quoted smallint not null,                   -- whether the words stand in the report; otherwise it only counts that something was released
    answered_at bigint null,                    -- when its author said something to it
    reply blob null,                            -- what the author answered, sealed; stands beside the words
    primary key (study, number, session, address),
    foreign key (study, number) references words_report (study, number) on delete cascade,
    foreign key (study, session, address) references answer (study, session, address) on delete cascade
);
create index told_words on told (study, session, address);

-- What a researcher wrote in place of words that may be told in other words. Shown to nobody but their author before the author accepts it.
create table paraphrase (
    study text not null,
    session text not null,
    address text not null,
    text blob not null,                         -- sealed with the session's key
    state text not null,                        -- proposed, accepted or refused
    written_by text not null,
    written_at bigint not null,
    decided_at bigint null,
    primary key (study, session, address),
    foreign key (study, session, address) references answer (study, session, address) on delete cascade
);
