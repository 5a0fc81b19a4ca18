-- Counts of persons, changed in the same transaction as what they count, so that a report need not read what everybody answered.
create table tally (
    study text not null,
    wave text not null,
    public smallint not null,                   -- of people who published their words, or of those who did not
    attested smallint not null,                 -- 1 for attested people alone, 0 for all
    side text not null,                         -- upstream, downstream, both or unknown
    about text not null,                        -- answer, difference, tension, code, read, unread or came
    area text not null,                         -- the flow; of came, the platform
    name text not null,                         -- the question's address, the id of pair, tension or code; of came, the source
    kind text not null,                         -- of answer, its kind; of came, how far
    value text not null,                        -- the option, point, number or difference
    counted bigint not null,
    primary key (study, wave, public, attested, side, about, area, name, kind, value)
);

-- What a study's tensions and codes are counted by. A study without a row has not been counted yet.
create table tally_rules (
    study text not null primary key,
    rules text not null
);
