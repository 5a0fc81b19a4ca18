-- Waves whose flows were frozen when they opened, by date or by word: once each, so that a later start freezes no change.
create table wave_frozen (
    study text not null,
    wave text not null,
    at bigint not null,
    primary key (study, wave)
);
