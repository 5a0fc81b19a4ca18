using System.Collections.Immutable;

namespace FossVoices.Flows;

/// <summary>What somebody did with a question: the same few things on every platform.</summary>
public abstract record Reply
{
    private Reply()
    {
    }

    /// <summary>Chose by button, select or form. Holds option ids, scale points ("1" …) or <see cref="DontKnow"/>, in order where order matters.</summary>
    public sealed record Chose(ImmutableArray<string> Ids) : Reply;

    /// <summary>Chose by the places of the options as they were shown, counted from 0, "I don't know" last; for platforms whose buttons hold no ids.</summary>
    public sealed record Placed(ImmutableArray<int> Places) : Reply;

    /// <summary>Typed. Numbers and labels are understood where options are asked for.</summary>
    public sealed record Said(string Text) : Reply;

    public sealed record Skip : Reply;

    /// <summary>Several questions that stood on one page, in their order: all of them are taken, or none.</summary>
    public sealed record Together(ImmutableArray<PartReply> Parts) : Reply;

    /// <summary>One question back.</summary>
    public sealed record Back : Reply;

    /// <summary>To one question, to answer it anew.</summary>
    public sealed record Change(string Address) : Reply;

    /// <summary>From wherever the person went back to, on to the first question that is still open.</summary>
    public sealed record Onward : Reply;

    public sealed record Pause : Reply;

    public sealed record Resume : Reply;

    /// <summary>What "I don't know" is called among the ids of a scale.</summary>
    public const string DontKnow = "dont_know";
}

/// <summary>What was done with one of the questions of a page.</summary>
/// <param name="Reply">A choice, or a skip: words have a page of their own.</param>
public sealed record PartReply(string Address, Reply Reply);
