-- What organisers said about a study's waves; the last word counts. The wave is empty in a study without waves.
create table wave_word (
    study text not null,
    wave text not null,
    at bigint not null,
    is_open smallint not null,
    primary key (study, wave, at)
);
