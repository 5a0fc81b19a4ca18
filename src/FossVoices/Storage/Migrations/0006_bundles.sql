-- Flows as they were when somebody began them, each with all that it is compiled from: sessions finish on what they began with.
create table bundle (
    study text not null,
    hash text not null,                         -- session.flow_hash
    flow text not null,
    kept_at bigint not null,
    text text not null,                         -- one JSON document: the files' texts by path
    primary key (study, hash)
);
create index bundle_flow on bundle (study, flow, kept_at);
