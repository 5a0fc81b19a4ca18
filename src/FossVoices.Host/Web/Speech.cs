using System.Collections.Immutable;
using System.Globalization;
using FossVoices.Definitions;
using FossVoices.Fieldwork;
using FossVoices.Flows;
using Microsoft.AspNetCore.Http.Extensions;

namespace FossVoices.Host.Web;

/// <summary>
/// The language in which one request is answered, and the web chat's own sentences in it. What the visitor chose goes first, then what the
/// browser asks for, then the study's own language. It can be switched on every page, by a link that works without script.
/// </summary>
internal sealed class Speech
{
    /// <summary>Keeps the language that was chosen. It says nothing else, so anybody may read it.</summary>
    public const string Cookie = "voices-language";

    /// <summary>Chooses a language in any address, also in a link that is shared: <c>/s/STUDY?lang=fr</c>.</summary>
    public const string Query = "lang";

    private readonly HttpRequest _request;

    public Speech(IHttpContextAccessor http, OpenStudies studies, Drafts? drafts = null)
    {
        _request = http.HttpContext!.Request;
        // Authors see the languages that their files have by now.
        var draft = TryPages.Has(_request.Path) ? drafts : null;
        Languages = _request.RouteValues["study"] is string id && (draft?.Look(id)?.Loaded.Study ?? studies.Find(id)?.Study) is { } study
            ? study.Languages
            : [Wording.Original, .. Wording.Languages.Where(l => l != Wording.Original)];
        var preferred = (_request.GetTypedHeaders().AcceptLanguage ?? []).Where(l => l.Quality is not 0).OrderByDescending(l => l.Quality ?? 1);
        Language = preferred.Select(l => l.Value.ToString()).Prepend(_request.Cookies[Cookie] ?? "").Select(Nearest).OfType<string>().FirstOrDefault() ?? Languages[0];
    }

    /// <summary>The sentences, in the files beside this one.</summary>
    internal static Wording Wording { get; } = Wording.Of(typeof(Speech).Assembly, "FossVoices.Host.Web.Sentences");

    /// <summary>The language tag of the page.</summary>
    public string Language { get; }

    /// <summary>What the page can be read in: the study's languages, its own first; where there is no study, the program's.</summary>
    public ImmutableArray<string> Languages { get; }

    public string this[string key] => Wording.Say(Language, key);

    public string Say(string key, params ReadOnlySpan<(string Name, string Value)> places) => Wording.Say(Language, key, places);

    /// <summary>The sentence for none, for one, or for many.</summary>
    public string Count(string key, int count, params ReadOnlySpan<(string Name, string Value)> places) =>
        Say($"{key}_{count switch { 0 => "none", 1 => "one", _ => "many" }}", [("count", count.ToString(CultureInfo.InvariantCulture)), .. places]);

    public string InWords(DateTimeOffset day) => Day.InWords(day, Language);

    /// <summary>A language as its speakers call it.</summary>
    public static string NameOf(string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        return culture.TextInfo.ToUpper(culture.NativeName[..1]) + culture.NativeName[1..];
    }

    /// <summary>The page that is open, in another language; relative to its own address.</summary>
    public string AddressIn(string language) => new QueryBuilder(Asked().Append(KeyValuePair.Create(Query, language))).ToString();

    /// <summary>Where an address chooses a language, it is remembered, and the browser is sent to the same address without the choice.</summary>
    public static Task SwitchAsync(HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || context.Request.Query[Query] is not [{ } chosen])
            return next(context);
        var speech = context.RequestServices.GetRequiredService<Speech>();
        if (speech.Nearest(chosen) is not { } language)
            return next(context);

        context.Response.Cookies.Append(Cookie, language, Visitors.Options(context, context.RequestServices.GetRequiredService<TimeProvider>()));
        // One slash alone in front: two would lead to another site.
        var path = "/" + context.Request.Path.ToUriComponent().TrimStart('/');
        return Pages.Show.SeeOther(path + new QueryBuilder(speech.Asked())).ExecuteAsync(context);
    }

    /// <summary>What the address asks for, but for the language.</summary>
    private IEnumerable<KeyValuePair<string, string>> Asked() =>
        _request.Query.Where(q => q.Key != Query).SelectMany(q => q.Value.Select(value => KeyValuePair.Create(q.Key, value ?? "")));

    /// <summary>The language of the page that somebody understands who asks for this one: <c>fr-CA</c> finds <c>fr</c>.</summary>
    private string? Nearest(string wanted)
    {
        for (var tag = wanted; tag.Length > 0; tag = tag[..Math.Max(tag.LastIndexOf('-'), 0)])
        {
            if (Languages.FirstOrDefault(l => string.Equals(l, tag, StringComparison.OrdinalIgnoreCase)) is { } language)
                return language;
        }

        return null;
    }
}
