-- What is said unasked, and where. Ids of platforms are sealed; only keyed hashes of them are in the clear.

create table place (
    study text not null,
    place text not null,                        -- keyed hash of the platform's id
    role text not null,                         -- organisers or channel
    platform text not null,
    community text not null,                    -- keyed hash of the server or team it belongs to
    address blob null,                          -- sealed; null once it is forgotten
    since bigint not null,
    gone_at bigint null,                        -- when the bot was removed, or the place turned out to be gone
    primary key (study, place)
);
create index place_community on place (study, community);

-- How to reach somebody who asked to be reminded: sealed with the session's key, and gone when the reminder is.
create table contact (
    study text not null,
    session text not null,
    platform text not null,
    address blob not null,
    primary key (study, session),
    foreign key (study, session) references session (study, session) on delete cascade
);

create table outbox (
    study text not null,
    post text not null,                         -- keyed hash of what makes it the same post; the nonce
    kind text not null,
    subject text not null,                      -- what it is about, by reference: never anybody's words
    platform text not null,
    place text null,
    session text null,                          -- the person it goes to, or whose it is
    edits text null,                            -- the post that it takes the place of
    state text not null,                        -- waiting, sending, sent, failed, unknown, cancelled
    reason text not null default '',            -- the last failure, in words
    attempts int not null default 0,
    created_at bigint not null,
    not_before bigint not null,
    expires_at bigint not null,
    claimed_at bigint null,
    doubt_since bigint null,                    -- the first try that may have arrived
    done_at bigint null,
    message blob null,                          -- the platform's id of the message, sealed
    primary key (study, post),
    foreign key (study, session) references session (study, session) on delete cascade
);
create index outbox_due on outbox (state, not_before);
create index outbox_place on outbox (study, place);
create index outbox_session on outbox (study, session);
create index outbox_edits on outbox (study, edits);
