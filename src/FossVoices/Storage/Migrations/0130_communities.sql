-- Where a session was begun, in a study that reports its places apart: a keyed hash of the server or team, as in place.community. Empty where the study reports all
-- places together, and where somebody began in a private chat without an invitation; whoever came by the web has no other place than that.
alter table session add column community text not null default '';

-- Those who left are counted where they had begun.
create table withdrawn_by_community (
    study text not null,
    wave text not null,
    side text not null,
    platform text not null,
    source text not null,
    community text not null,
    persons int not null,
    primary key (study, wave, side, platform, source, community)
);
insert into withdrawn_by_community (study, wave, side, platform, source, community, persons) select study, wave, side, platform, source, '', persons from withdrawn;
drop table withdrawn;
alter table withdrawn_by_community rename to withdrawn;

-- One time of a schedule can bring a report for each place.
create table report_due_by_series (
    study text not null,
    due_at bigint not null,
    post_at bigint not null,
    series text not null,
    number int null,
    done smallint not null,
    primary key (study, due_at, series)
);
insert into report_due_by_series (study, due_at, post_at, series, number, done) select study, due_at, post_at, series, number, done from report_due;
drop table report_due;
alter table report_due_by_series rename to report_due;
