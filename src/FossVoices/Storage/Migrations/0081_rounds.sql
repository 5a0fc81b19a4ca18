-- Mirror rounds: what of an earlier wave is shown to whom in a later one.

create table round (
    study text not null,
    wave text not null,                         -- the later wave
    flow text not null,
    seed bigint not null,                       -- draws everybody's mirrors
    prepared_at bigint not null,
    opened_by text null,                        -- who looked at it and let it open; null until then
    opened_at bigint null,
    primary key (study, wave, flow)
);

-- What a mirror could show. The id says nothing of whose it is, so that it may stand with those who were shown it.
create table excerpt (
    study text not null,
    excerpt text not null,                      -- a random id
    wave text not null,
    flow text not null,
    item text not null,                         -- the mirror
    session text not null,
    address text not null,
    state text not null default '',             -- picked, barred, or empty
    primary key (study, excerpt),
    foreign key (study, session, address) references answer (study, session, address) on delete cascade
);
create unique index excerpt_once on excerpt (study, wave, flow, item, session, address);
create index excerpt_words on excerpt (study, session, address);

-- What each is shown, as it was drawn when the round was opened.
create table mirrored (
    study text not null,
    wave text not null,
    flow text not null,
    item text not null,
    respondent text not null,
    place int not null,
    excerpt text not null,                      -- stays when the words are gone, so that the others keep their places
    primary key (study, wave, flow, item, respondent, place),
    foreign key (study, respondent) references respondent (study, respondent) on delete cascade
);

-- Somebody who came back by another way, and showed by the receipt of an earlier round who it is.
create table came_back (
    study text not null,
    known_as text not null,                     -- pseudonym of the account or browser
    respondent text not null,
    primary key (study, known_as),
    foreign key (study, respondent) references respondent (study, respondent) on delete cascade
);
