-- Codes given to answers, by machines and by people.

-- Who has read which answer: without it "read, and nothing applies" could not be told from "not read yet".
create table reading (
    study text not null,
    session text not null,
    address text not null,
    coder text not null,
    coder_version text not null,
    at bigint not null,
    primary key (study, session, address, coder),
    foreign key (study, session, address) references answer (study, session, address) on delete cascade
);

create table assignment (
    study text not null,
    session text not null,
    address text not null,
    coder text not null,
    place int not null,                         -- numbers the assignments of one coder to one answer
    code text not null,
    span_start int null,                        -- in UTF-16 code units; null for the whole answer
    span_length int null,
    coder_version text not null,
    confidence double precision not null,
    polarity text not null,
    evidence text not null,                     -- the indicator that fired, or empty
    status text not null,
    decided_by text null,
    decided_at bigint null,
    primary key (study, session, address, coder, place),
    foreign key (study, session, address) references answer (study, session, address) on delete cascade
);
create index assignment_code on assignment (study, code);
