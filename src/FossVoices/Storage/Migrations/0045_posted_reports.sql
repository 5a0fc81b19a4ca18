-- Which reports may be seen: one that organisers look at first is kept, but not posted yet. Until now every report was.
alter table snapshot add column posted_at bigint null;
update snapshot set posted_at = at;

-- The report whose message shows this one: its own number, or that of the one whose message a correction has taken over.
alter table snapshot add column message int null;

-- Which times of the schedule have been dealt with, so that each comes once whatever happens to the program and its clock.
create table report_due (
    study text not null,
    due_at bigint not null,                     -- the time that the schedule names
    post_at bigint not null,                    -- later than that where organisers must see it first
    series text not null,
    number int null,                            -- the report; null where there was none to make
    done smallint not null,
    primary key (study, due_at)
);
