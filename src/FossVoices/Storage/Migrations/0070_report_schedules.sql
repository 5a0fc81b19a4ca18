-- A schedule of reports that an organiser has set in a chat, in place of the study file's.
create table report_schedule (
    study text not null primary key,
    line text not null,                         -- a cron line; empty where reports were stopped
    said_at bigint not null
);
