namespace FossVoices.Reports;

/// <summary>For whom a report is made. Each audience has a series of snapshots of its own.</summary>
internal enum Audience
{
    /// <summary>A project's channel, and whoever reads along: rounded figures of groups that are large enough.</summary>
    Channel,

    /// <summary>The study's own researchers, who need every figure to be able to recompute it.</summary>
    Researcher,
}

/// <summary>Whose words a section of a report counts. Strata are never added up.</summary>
internal enum Stratum
{
    /// <summary>People who answered here, under the rules that protect them.</summary>
    Answering,

    /// <summary>People who published their words under their names: nothing of theirs is left to protect.</summary>
    Published,
}
