using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using FossVoices.Channels;
using Microsoft.AspNetCore.DataProtection;

namespace FossVoices.Host.Web;

/// <summary>Whose answers one browser may open in one study.</summary>
/// <param name="Id">The random id that the browser got when its user agreed; null where nobody agreed here.</param>
/// <param name="Receipts">The receipts that were shown here, by flow: they open answers that were begun elsewhere.</param>
internal sealed record Visitor(string? Id, ImmutableSortedDictionary<string, string> Receipts)
{
    public const string Platform = Place.Web;

    public static Visitor Unknown { get; } = new(null, ImmutableSortedDictionary<string, string>.Empty);

    public bool HoldsNothing => Id is null && Receipts.IsEmpty;

    /// <summary>Who this is in a flow. A receipt goes before one's own id: it was shown on purpose.</summary>
    public Person In(string flow) => Receipts.TryGetValue(flow, out var receipt)
        ? new Person(Person.ByReceipt, receipt)
        : new Person(Platform, Id ?? NewId());

    public Visitor With(string flow, string receipt) => this with { Receipts = Receipts.SetItem(flow, receipt) };

    public Visitor Without(string flow) => this with { Receipts = Receipts.Remove(flow) };

    /// <summary>128 random bits, in hex. Somebody who has agreed to nothing is known to nobody by it.</summary>
    public static string NewId() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}

/// <summary>Keeps visitors in their browsers: one cookie a study, which only this program can read or make.</summary>
internal sealed class Visitors(IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>The longest that browsers keep a cookie.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    public Visitor Read(HttpContext context, string study)
    {
        if (context.Request.Cookies[Name(study)] is not { } cookie || Open(ProtectorOf(study), cookie) is not { } json)
            return Visitor.Unknown;
        var kept = JsonSerializer.Deserialize<Kept>(json)!;
        return new Visitor(kept.Id, kept.Receipts);
    }

    public void Keep(HttpContext context, string study, Visitor visitor)
    {
        if (visitor.HoldsNothing)
            context.Response.Cookies.Delete(Name(study), Options(context, time));
        else
            context.Response.Cookies.Append(
                Name(study), ProtectorOf(study).Protect(JsonSerializer.Serialize(new Kept(visitor.Id, visitor.Receipts))), Options(context, time));
    }

    /// <summary>An id for somebody who may agree, to be sent along with the form: sent twice, it still is one person.</summary>
    public string Offer(string study) => OfferProtector(study).Protect(Visitor.NewId());

    /// <summary>The id that was offered, or a new one where the form does not hold it whole.</summary>
    public string Accept(string study, string? offered) => offered is null ? Visitor.NewId() : Open(OfferProtector(study), offered) ?? Visitor.NewId();

    private static string? Open(IDataProtector protector, string text)
    {
        try
        {
            return protector.Unprotect(text);
        }
        catch (CryptographicException)
        {
            return null; // Made up, damaged, or of another installation: as good as none.
        }
    }

    private static string Name(string study) => $"voices-{study}";

    private IDataProtector ProtectorOf(string study) => protection.CreateProtector("visitor", study);

    private IDataProtector OfferProtector(string study) => protection.CreateProtector("offer", study);

    internal static CookieOptions Options(HttpContext context, TimeProvider time) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        IsEssential = true,
        Expires = time.GetUtcNow() + Longest,
    };

    private sealed record Kept(string? Id, ImmutableSortedDictionary<string, string> Receipts);
}
