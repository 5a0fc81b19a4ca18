using System.Collections.Immutable;
using FossVoices.Codebooks;

namespace FossVoices.Coding;

/// <summary>
/// All phrases of a lexicon as one tree of word numbers, flattened into arrays: the children of a node stand side by side, sorted, so
/// that a step is one short search.
/// </summary>
internal sealed class PhraseTree
{
    private readonly int[] _roots;
    private readonly int[] _firstChild;
    private readonly int[] _childWord;
    private readonly int[] _childNode;
    private readonly int[] _gap;
    private readonly int[] _firstEnd;
    private readonly int[] _ends;

    private PhraseTree(Draft root, int vocabulary)
    {
        var nodes = new List<Draft> { root };
        for (var i = 0; i < nodes.Count; i++)
        {
            nodes[i].Number = i;
            nodes.AddRange(nodes[i].Children.Values);
            if (nodes[i].Gap is { } gap)
                nodes.Add(gap);
        }

        _firstChild = new int[nodes.Count + 1];
        _firstEnd = new int[nodes.Count + 1];
        _gap = new int[nodes.Count];
        for (var i = 0; i < nodes.Count; i++)
        {
            _firstChild[i + 1] = _firstChild[i] + nodes[i].Children.Count;
            _firstEnd[i + 1] = _firstEnd[i] + nodes[i].Ends.Count;
            _gap[i] = nodes[i].Gap?.Number ?? -1;
        }

        _childWord = [.. nodes.SelectMany(node => node.Children.Keys)];
        _childNode = [.. nodes.SelectMany(node => node.Children.Values, (_, child) => child.Number)];
        _ends = [.. nodes.SelectMany(node => node.Ends)];
        _roots = new int[vocabulary];
        foreach (var (word, node) in root.Children)
            _roots[word] = node.Number;
    }

    /// <summary>Reports every phrase that begins at this word, once for every place where it ends.</summary>
    public void FindAt(ReadOnlySpan<HeardWord> words, int first, ref Rented<Hit> hits)
    {
        // The root is node 0 and nobody's child, so 0 says that no phrase begins so.
        if (_roots[words[first].Number] is var node and not 0)
            Walk(node, words, first, first + 1, ref hits);
    }

    private void Walk(int node, ReadOnlySpan<HeardWord> words, int first, int next, ref Rented<Hit> hits)
    {
        for (var end = _firstEnd[node]; end < _firstEnd[node + 1]; end++)
            hits.Add(new Hit(_ends[end], first, next - 1));

        if (_gap[node] is var gap and >= 0)
        {
            for (var skipped = 0; skipped <= Indicator.Reach && Continues(words, first, next + skipped); skipped++)
            {
                if (Child(gap, words[next + skipped].Number) is var behind and >= 0)
                    Walk(behind, words, first, next + skipped + 1, ref hits);
            }
        }

        if (Continues(words, first, next) && Child(node, words[next].Number) is var child and >= 0)
            Walk(child, words, first, next + 1, ref hits);
    }

    private static bool Continues(ReadOnlySpan<HeardWord> words, int first, int next) =>
        next < words.Length && words[next].Sentence == words[first].Sentence;

    private int Child(int node, int word)
    {
        var (low, count) = (_firstChild[node], _firstChild[node + 1] - _firstChild[node]);
        if (word == Vocabulary.Unknown || count == 0)
            return -1;
        var at = _childWord.AsSpan(low, count).BinarySearch(word);
        return at < 0 ? -1 : _childNode[low + at];
    }

    /// <summary>Gathers phrases before the tree is flattened.</summary>
    internal sealed class Builder(Vocabulary vocabulary)
    {
        private readonly Draft _root = new();

        /// <summary>
        /// Adds a phrase that reports <paramref name="mark"/>; the answer is the fewest words that can match it, 0 where all its
        /// words are light and it is left out.
        /// </summary>
        public int Add(Phrase phrase, int mark)
        {
            var fewest = int.MaxValue;
            Add([_root], 0, 0);
            return fewest == int.MaxValue ? 0 : fewest;

            void Add(ImmutableArray<Draft> nodes, int at, int words)
            {
                if (at == phrase.Steps.Length)
                {
                    foreach (var node in nodes.Where(node => node != _root && !node.Ends.Contains(mark)))
                        node.Ends.Add(mark);
                    fewest = words > 0 ? Math.Min(fewest, words) : fewest;
                    return;
                }

                if (phrase.Steps[at] is Phrase.Step.OneOf(var choices))
                {
                    foreach (var choice in choices)
                    {
                        var numbers = Spoken(choice);
                        var reached = nodes.Select(node => numbers.Aggregate(node, (from, number) => from.Child(number)));
                        Add([.. reached], at + 1, words + numbers.Length);
                    }
                }
                else
                {
                    // A phrase that begins with a light word may find its gap at the root, where it means nothing.
                    Add([.. nodes.Select(node => node == _root ? node : node.Gap ??= new Draft())], at + 1, words);
                }
            }
        }

        public PhraseTree Build() => new(_root, vocabulary.Size);

        /// <summary>The numbers of a word of a phrase, which may hold several ("do-ocracy").</summary>
        private ImmutableArray<int> Spoken(string word)
        {
            var numbers = ImmutableArray.CreateBuilder<int>();
            var words = new Words(word);
            while (words.MoveNext())
            {
                var forms = vocabulary.Learn(words.Letters.ToString());
                if (forms.Count > 0)
                    numbers.Add(forms.First);
                if (forms.Count > 1)
                    numbers.Add(forms.Second);
            }

            return numbers.ToImmutable();
        }
    }

    private sealed class Draft
    {
        public int Number { get; set; }

        public SortedDictionary<int, Draft> Children { get; } = [];

        public Draft? Gap { get; set; }

        public List<int> Ends { get; } = [];

        public Draft Child(int word)
        {
            if (!Children.TryGetValue(word, out var child))
                Children[word] = child = new Draft();
            return child;
        }
    }
}

/// <summary>A word of a text as phrases see it: light words are gone, and "no one" is one word.</summary>
/// <param name="Number">In the lexicon's <see cref="Vocabulary"/>.</param>
/// <param name="Start">In UTF-16 code units of the text.</param>
/// <param name="End">Exclusive.</param>
/// <param name="Clause">Counts the clauses of the text; words with the same number share one.</param>
/// <param name="Sentence">Counts its sentences.</param>
internal readonly record struct HeardWord(int Number, int Start, int End, int Clause, int Sentence);

/// <summary>A phrase found from one word to another, both included.</summary>
internal readonly record struct Hit(int Mark, int From, int To);
