-- What people release of their own words, answer by answer. Where there is no line, a transcript has what its narrators chose, and all else is for counting only.
create table own_words (
    study text not null,
    session text not null,
    address text not null,
    release text not null,                      -- none, count, paraphrase, anonymous or named
    parts text not null,                        -- what may give somebody away: START+LENGTH, - hidden, = shown
    name blob null,                             -- the name that was chosen, sealed
    terms text not null,                        -- under which text it was released; see release_terms
    rewritten smallint not null default 0,      -- of a transcript: changed by its author, so that its file does not change it back
    released_at bigint not null,
    primary key (study, session, address),
    foreign key (study, session, address) references answer (study, session, address) on delete cascade
);

-- The texts under which words were released, by their hash.
create table release_terms (
    study text not null,
    terms text not null,
    text text not null,
    since bigint not null,
    primary key (study, terms)
);

-- What holds for each answer in words.
create view answer_release as
select a.study, a.session, a.address, coalesce(o.release, case when s.release = '' then 'count' else s.release end) as release
  from answer a
  join session s on s.study = a.study and s.session = a.session
  left join own_words o on o.study = a.study and o.session = a.session and o.address = a.address
 where a.kind = 'words';
