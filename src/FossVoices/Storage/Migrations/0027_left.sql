-- Narrators who withdrew, as keyed hashes that lead nowhere without the narrator's name: importing their transcript again must not bring them back.
create table left_narrator (
    study text not null,
    narrator text not null,
    primary key (study, narrator)
);
