-- People, their ways through flows, and what they answered. Times are UTC milliseconds; 0 and 1 are no and yes.

-- The database belongs to one master key, which lies outside it. The fingerprint tells a wrong key before it does harm.
create table master_key (
    id smallint not null primary key,
    fingerprint text not null
);

create table respondent (
    study text not null,
    respondent text not null,                   -- pseudonym: a keyed hash
    name text null,                             -- only of narrators who published their words
    primary key (study, respondent)
);

create table session (
    study text not null,
    session text not null,
    respondent text not null,
    flow text not null,
    wave text not null,
    part text not null default '',              -- tells several fillings of one flow by one person apart: for a transcript, its file
    flow_hash text not null,
    consent_hash text not null,
    receipt text not null,                      -- fingerprint of the receipt
    platform text not null,
    source text not null,
    public smallint not null,
    attested smallint not null,
    release text not null default '',           -- of a transcript: none, count, paraphrase, anonymous or named
    quotes text not null,
    seed bigint not null,
    draws text not null,
    side text not null default '',              -- upstream, downstream, or empty while unknown
    both_sides smallint not null default 0,
    standing text not null default '',          -- the address of the question that stands; empty when nothing is left to ask
    revisiting text null,
    paused smallint not null default 0,
    revision int not null default 0,
    started_at bigint not null,
    core_at bigint null,
    finished_at bigint null,
    primary key (study, session),
    foreign key (study, respondent) references respondent (study, respondent)
);
create unique index session_once on session (study, respondent, flow, wave, part);
create unique index session_receipt on session (study, receipt);
create index session_wave on session (study, wave, flow);

create table answer (
    study text not null,
    session text not null,
    address text not null,
    kind text not null,                         -- option, options, point, dont_know, words, number, skipped
    value text not null default '',             -- the option's id, or several, one a line
    number double precision null,               -- the point or the number
    words blob null,
    question blob null,                         -- of a transcript: what the interviewer had said
    on_path smallint not null,                  -- 0 for what going back has left behind
    at bigint not null,
    primary key (study, session, address),
    foreign key (study, session) references session (study, session) on delete cascade
);

-- What the lexicon heard while the answer was given. Kept and never computed again, since the path depends on it.
create table heard (
    study text not null,
    session text not null,
    address text not null,
    lexicon text not null,
    distress smallint not null,
    primary key (study, session, address),
    foreign key (study, session, address) references answer (study, session, address) on delete cascade
);

create table heard_code (
    study text not null,
    session text not null,
    address text not null,
    code text not null,
    place int not null,
    confidence double precision not null,
    primary key (study, session, address, code),
    foreign key (study, session, address) references heard (study, session, address) on delete cascade
);

-- Which deliveries have been taken, and what became of them: enough to say it again, and nothing that anybody wrote.
create table inbox (
    study text not null,
    delivery text not null,                     -- keyed hash of the platform's id
    session text not null default '',
    kind text not null default '',
    address text not null default '',
    revision int not null default 0,
    refusal text not null default '',
    at bigint not null,
    primary key (study, delivery)
);
create index inbox_session on inbox (study, session);
create index inbox_at on inbox (study, at);

-- How many have left: all that remains of them.
create table withdrawn (
    study text not null,
    wave text not null,
    side text not null,
    platform text not null,
    source text not null,
    persons int not null,
    primary key (study, wave, side, platform, source)
);
