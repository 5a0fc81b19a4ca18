-- What people say about answers and their codes. It hangs on the answer and goes with it.

-- A person's codes are rows of assignment under that person's name, 'read, and nothing else applies' is a row of reading; what two people settled stands
-- under the name 'gold'.

-- What a person noted about an answer: sealed with the session's key, since a note repeats words.
create table memo (
    study text not null,
    session text not null,
    address text not null,
    coder text not null,
    words blob not null,
    at bigint not null,
    primary key (study, session, address, coder),
    foreign key (study, session, address) references answer (study, session, address) on delete cascade
);

-- What stood before each thing that a person did, so that it can be undone. Codes and positions; the memo as it was, sealed.
create table coding_event (
    study text not null,
    number bigint not null,
    done_by text not null,
    coder text not null,                        -- under whose name: the person's own, or gold
    session text not null,
    address text not null,
    before text not null,
    memo blob null,
    undone smallint not null default 0,
    at bigint not null,
    primary key (study, number),
    foreign key (study, session, address) references answer (study, session, address) on delete cascade
);
create index coding_event_answer on coding_event (study, session, address);
create index coding_event_person on coding_event (study, done_by, number);

-- The answers that two people code without seeing what anybody said of them.
create table blind_sample (
    study text not null,
    session text not null,
    address text not null,
    place int not null,
    drawn_by text not null,
    at bigint not null,
    primary key (study, session, address),
    foreign key (study, session, address) references answer (study, session, address) on delete cascade
);

-- What the researchers conclude, and the answers that it rests on. A claim outlives an answer that is withdrawn; the citation does not.
create table claim (
    study text not null,
    claim text not null,
    words blob not null,                        -- sealed with a key of the study
    made_by text not null,
    at bigint not null,
    primary key (study, claim)
);

create table claim_citation (
    study text not null,
    claim text not null,
    session text not null,
    address text not null,
    primary key (study, claim, session, address),
    foreign key (study, claim) references claim (study, claim) on delete cascade,
    foreign key (study, session, address) references answer (study, session, address) on delete cascade
);
create index claim_citation_answer on claim_citation (study, session, address);
