using System.Globalization;
using FossVoices.Gaps;
using FossVoices.Studies;

namespace FossVoices.Reports;

/// <summary>How much of the figures of one stratum may be shown to one audience.</summary>
internal abstract record Disclosure
{
    /// <summary>Groups below this are never shown, to nobody.</summary>
    public const int SmallestGroup = 5;

    private const long FewestForTwoDecimals = 50;

    private Disclosure(int minimumGroup) => MinimumGroup = minimumGroup;

    /// <summary>The fewest persons of a side that are shown.</summary>
    public int MinimumGroup { get; }

    /// <summary>The rules for a stratum and an audience.</summary>
    public static Disclosure For(Study study, Stratum stratum, Audience audience) => (stratum, audience) switch
    {
        (Stratum.Published, _) => new Open(),
        (_, Audience.Researcher) => new Exact(),
        _ => new Rounded(Math.Max(SmallestGroup, study.MinimumGroup)),
    };

    /// <summary>Some persons among others; never asked of groups below the minimum.</summary>
    public abstract ShownShare Share(Share share);

    /// <summary>A share that is computed rather than counted, among so many persons.</summary>
    public abstract ShownShare Computed(double share, long of);

    /// <summary>Persons who mentioned something. That one or two did would point at them.</summary>
    public abstract ShownShare Mentions(Share share);

    /// <summary>A number of persons, in words.</summary>
    public abstract string Persons(long persons);

    /// <summary>An estimate between -1 and 1 with its interval, as exact as the smaller of two sides allows.</summary>
    public abstract ShownGap Gap(double estimate, Interval interval, long fewest);

    /// <summary>Nothing to protect: the persons published their words.</summary>
    public sealed record Open() : Plain(1);

    /// <summary>For researchers: every figure of every group that is large enough.</summary>
    public sealed record Exact() : Plain(SmallestGroup);

    /// <summary>Figures as they are.</summary>
    public abstract record Plain : Disclosure
    {
        protected Plain(int minimumGroup)
            : base(minimumGroup)
        {
        }

        public override ShownShare Share(Share share) => new(
            string.Create(CultureInfo.InvariantCulture, $"{share.Persons} of {share.Of}"), share.Value, share.Value);

        public override ShownShare Computed(double share, long of) => new(
            string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %"), share, share);

        public override ShownShare Mentions(Share share) => Share(share);

        public override string Persons(long persons) => persons.ToString(CultureInfo.InvariantCulture);

        public override ShownGap Gap(double estimate, Interval interval, long fewest) => new(estimate, interval.Low, interval.High);
    }

    /// <summary>For whatever is posted.</summary>
    public sealed record Rounded(int Least) : Disclosure(Least)
    {
        private const long Some = Rounding.LookAlike;

        public override ShownShare Share(Share share) => Rounding.Of(share.Persons, share.Of);

        public override ShownShare Computed(double share, long of) => Rounding.Of(share, of);

        public override ShownShare Mentions(Share share) => share.Persons < Some
            ? new(string.Create(CultureInfo.InvariantCulture, $"<{Some}"), 0, (double)Some / share.Of)
            : Share(share);

        public override string Persons(long persons) => persons switch
        {
            0 => "0",
            _ when persons < MinimumGroup => string.Create(CultureInfo.InvariantCulture, $"<{MinimumGroup}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"about {About(persons)}"),
        };

        public override ShownGap Gap(double estimate, Interval interval, long fewest)
        {
            var decimals = fewest < FewestForTwoDecimals ? 1 : 2;
            return new(Round(estimate), Round(interval.Low), Round(interval.High));

            // Adding zero turns a rounded -0 into 0.
            double Round(double value) => Math.Round(value, decimals, MidpointRounding.AwayFromZero) + 0.0;
        }

        private static long About(long persons)
        {
            var step = persons switch { < 50 => 5, < 500 => 10, < 5000 => 100, _ => 1000 };
            return (long)Math.Round(persons / (double)step, MidpointRounding.AwayFromZero) * step;
        }
    }
}

/// <summary>An estimate between -1 and 1 with its interval, as it may be shown.</summary>
internal sealed record ShownGap(double Estimate, double Low, double High);
