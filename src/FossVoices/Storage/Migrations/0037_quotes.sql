-- Quotes that were proposed to their authors. Where in which answer, never the words; what is hidden, by position.
create table quote (
    study text not null,
    quote text not null,                        -- a random id
    session text not null,
    address text not null,
    span_start int not null,                    -- in UTF-16 code units
    span_length int not null,
    parts text not null,                        -- what may give somebody away: START+LENGTH from the quote's start, - hidden, = shown
    state text not null,                        -- proposed, approved or refused
    proposed_at bigint not null,
    decided_at bigint null,
    primary key (study, quote),
    foreign key (study, session, address) references answer (study, session, address) on delete cascade
);
create index quote_answer on quote (study, session, address);

-- Which reports a quote is in, so that its withdrawal reaches their posts.
create table quoted (
    study text not null,
    series text not null,
    number int not null,
    quote text not null,
    primary key (study, series, number, quote),
    foreign key (study, quote) references quote (study, quote) on delete cascade
);
create index quoted_quote on quoted (study, quote);
