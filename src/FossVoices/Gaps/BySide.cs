namespace FossVoices.Gaps;

/// <summary>One thing per side of the project. Every difference in this folder is downstream minus upstream.</summary>
internal sealed record BySide<T>(T Downstream, T Upstream)
{
    public BySide<TResult> Select<TResult>(Func<T, TResult> make) => new(make(Downstream), make(Upstream));

    public bool All(Func<T, bool> holds) => holds(Downstream) && holds(Upstream);
}
