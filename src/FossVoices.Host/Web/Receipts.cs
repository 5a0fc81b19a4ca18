using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using FossVoices.Channels;
using FossVoices.Fieldwork;
using FossVoices.Host.Web.Pages;
using FossVoices.Sessions;

namespace FossVoices.Host.Web;

/// <summary>A receipt opens the answers it was given for, on any device. Guessing one is made slow as well as hopeless.</summary>
internal static class Receipts
{
    /// <summary>A limit on tries, for whatever can be guessed.</summary>
    internal const string Limit = "receipts";
    private const int TriesAMinute = 10;

    public static void AddReceiptLimit(this IServiceCollection services) => services.AddRateLimiter(limiter =>
    {
        limiter.AddPolicy(Limit, context => RateLimitPartition.GetFixedWindowLimiter(
            Neighbourhood(context.Connection.RemoteIpAddress),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = TriesAMinute, Window = TimeSpan.FromMinutes(1) }));
        limiter.OnRejected = async (rejected, _) =>
        {
            var review = rejected.HttpContext.Request.Path.StartsWithSegments("/review", StringComparison.OrdinalIgnoreCase);
            await Show.Message(429, review ? "review_wait" : "wait", review ? "/review" : "/receipt", "back").ExecuteAsync(rejected.HttpContext);
        };
    });

    public static void MapReceipts(this IEndpointRouteBuilder app)
    {
        app.MapGet("/receipt", () => Show.Page<ReceiptPage>(new ReceiptView(null, null)));
        app.MapPost("/receipt", TypedAsync).AddEndpointFilter<FormGate>().RequireRateLimiting(Limit);
        app.MapGet("/resume/{study}/{receipt}", AskAsync).RequireRateLimiting(Limit);
        app.MapPost("/resume/{study}/{receipt}", ResumeAsync).AddEndpointFilter<FormGate>().RequireRateLimiting(Limit);
    }

    private static async Task<IResult> TypedAsync(
        HttpContext context, Conversation conversation, OpenStudies studies, Desks desks, Speech speech, Visitors visitors, CancellationToken cancellationToken)
    {
        var typed = context.Request.Form["receipt"].ToString();
        if (!Receipt.TryRead(typed, out var receipt))
            return Show.Page<ReceiptPage>(new ReceiptView(typed, speech["receipt_misread"]), 422);

        foreach (var study in studies.All)
        {
            if (await OpenAsync(study.Study.Id, receipt, context, conversation, desks, visitors, cancellationToken) is { } way)
                return Show.SeeOther(way.Flow == Session.ImportedFlow ? way.Words : way.Mine);
        }

        return Show.Page<ReceiptPage>(new ReceiptView(typed, speech["receipt_unknown"]), 422);
    }

    /// <summary>A link alone changes nothing: it may have been sent by somebody who hopes that another one answers in their place.</summary>
    private static async Task<IResult> AskAsync(
        string study, string receipt, HttpContext context, Conversation conversation, Desks desks, Speech speech, Visitors visitors, CancellationToken cancellationToken)
    {
        if (!Receipt.TryRead(receipt, out var read) || await conversation.OwnAsync(study, null, new Person(Person.ByReceipt, read.Code), locale: null, cancellationToken) is not { } own)
            return Nothing();
        if (desks.Find(study, own.Flow) is not { } desk)
            return Nothing();
        var here = await conversation.OwnAsync(study, own.Flow, visitors.Read(context, study).In(own.Flow), locale: null, cancellationToken);
        return here?.Receipt == own.Receipt
            ? Show.SeeOther(desk.Way.Page())
            : Show.Page<ResumePage>(new ResumeView(desk.Way, own.Receipt, own.Answers.Length, speech.InWords(own.StartedAt), ReplacesOwn: here is not null));
    }

    private static async Task<IResult> ResumeAsync(
        string study, string receipt, HttpContext context, Conversation conversation, Desks desks, Visitors visitors, CancellationToken cancellationToken) =>
        Receipt.TryRead(receipt, out var read) && await OpenAsync(study, read, context, conversation, desks, visitors, cancellationToken) is { } way
            ? Show.SeeOther(way.Flow == Session.ImportedFlow ? way.Words : way.Page())
            : Nothing();

    /// <summary>Lets this browser open what the receipt stands for; null where it stands for nothing in the study.</summary>
    private static async Task<Way?> OpenAsync(
        string study, Receipt receipt, HttpContext context, Conversation conversation, Desks desks, Visitors visitors, CancellationToken cancellationToken)
    {
        if (await conversation.OwnAsync(study, null, new Person(Person.ByReceipt, receipt.Code), locale: null, cancellationToken) is not { } own
            || desks.Find(study, own.Flow) is not { } desk)
        {
            return null;
        }

        visitors.Keep(context, study, visitors.Read(context, study).With(own.Flow, receipt.Code));
        return desk.Way;
    }

    private static IResult Nothing() => Show.Message(404, "nothing_under", "/receipt", "type_receipt");

    /// <summary>An address of IPv4, or the network of an IPv6 address, of which one household has more than anybody can count.</summary>
    public static string Neighbourhood(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
