-- What a report last said of each cell, so that it changes only when enough different people did. Replaced with every report:
-- of the persons behind a cell only keyed hashes are kept, and only of those behind the last one.
create table released (
    study text not null,
    series text not null,
    cell text not null,
    side text not null,
    counts text not null,                       -- whole numbers, separated by blanks
    members blob not null,                      -- per person 8 bytes for who and 4 for what, both keyed hashes, sorted
    primary key (study, series, cell, side)
);
