-- The language that somebody chose to be asked in.
alter table session add column language text null;

-- What people say to those who run the study. There is nobody's name to it, and no way to a person.
create table feedback (
    study text not null,
    feedback text not null,                     -- a random id
    words blob not null,                        -- sealed under a key of the study
    at bigint not null,
    primary key (study, feedback)
);

-- Codes that are handed out on paper or by mail. Which session one was used for is kept nowhere.
create table one_time_code (
    study text not null,
    code text not null,                         -- keyed hash
    side text not null,
    wave text not null,                         -- with the wave it expires
    made_at bigint not null,
    entered_at bigint null,                     -- when it opened a link
    attested_at bigint null,                    -- when it showed a side
    primary key (study, code)
);
