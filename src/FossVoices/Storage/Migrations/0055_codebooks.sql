-- Codebooks as they were when answers were coded by them, numbered per study. Never changed; one that comes back gets a new number.
create table codebook_version (
    study text not null,
    number int not null,
    hash text not null,
    kept_at bigint not null,
    text text not null,                         -- codebook.json
    primary key (study, number)
);

-- The number of the codebook that a machine read an answer by, and gave a code by; 0 where it was not noted.
alter table reading add column codebook int not null default 0;
alter table assignment add column codebook int not null default 0;
