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
    private const string Limit = "receipts";
    private const int TriesAMinute = 10;

    public static void AddReceiptLimit(this IServiceCollection services) => services.AddRateLimiter(limiter =>
    {
        limiter.AddPolicy(Limit, context => RateLimitPartition.GetFixedWindowLimiter(
            Neighbourhood(context.Connection.RemoteIpAddress),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = TriesAMinute, Window = TimeSpan.FromMinutes(1) }));
        limiter.OnRejected = async (rejected, _) => await Show
            .Message(429, "Please wait a minute", "Receipts were tried many times from where you are. Please wait a minute and try again.", "/receipt", "Back")
            .ExecuteAsync(rejected.HttpContext);
    });

    public static void MapReceipts(this IEndpointRouteBuilder app)
    {
        app.MapGet("/receipt", () => Show.Page<ReceiptPage>(new ReceiptView(null, null)));
        app.MapPost("/receipt", TypedAsync).AddEndpointFilter<FormGate>().RequireRateLimiting(Limit);
        app.MapGet("/resume/{study}/{receipt}", AskAsync).RequireRateLimiting(Limit);
        app.MapPost("/resume/{study}/{receipt}", ResumeAsync).AddEndpointFilter<FormGate>().RequireRateLimiting(Limit);
    }

    private static async Task<IResult> TypedAsync(
        HttpContext context, Conversation conversation, OpenStudies studies, Visitors visitors, CancellationToken cancellationToken)
    {
        var typed = context.Request.Form["receipt"].ToString();
        if (!Receipt.TryRead(typed, out var receipt))
            return Show.Page<ReceiptPage>(new ReceiptView(typed, "A receipt has sixteen letters and digits, such as 7k2m-9x4d-p0qr-3hfw. Please look again."), 422);

        foreach (var study in studies.All)
        {
            if (await OpenAsync(study.Study.Id, receipt, context, conversation, studies, visitors, cancellationToken) is { } way)
                return Show.SeeOther(way.Mine);
        }

        return Show.Page<ReceiptPage>(
            new ReceiptView(typed, "There is nothing under this receipt. Please look again; if the answers were withdrawn, they are gone."), 422);
    }

    /// <summary>A link alone changes nothing: it may have been sent by somebody who hopes that another one answers in their place.</summary>
    private static async Task<IResult> AskAsync(
        string study, string receipt, HttpContext context, Conversation conversation, OpenStudies studies, Visitors visitors, CancellationToken cancellationToken)
    {
        if (!Receipt.TryRead(receipt, out var read) || await conversation.OwnAsync(study, null, new Person(Person.ByReceipt, read.Code), cancellationToken) is not { } own)
            return Nothing();
        if (Desk.Find(studies, study, own.Flow) is not { } desk)
            return Nothing();
        var here = await conversation.OwnAsync(study, own.Flow, visitors.Read(context, study).In(own.Flow), cancellationToken);
        return here?.Receipt == own.Receipt
            ? Show.SeeOther(desk.Way.Page())
            : Show.Page<ResumePage>(new ResumeView(desk.Way, desk.Language, own.Receipt, own.Answers.Length, desk.InWords(own.StartedAt), ReplacesOwn: here is not null));
    }

    private static async Task<IResult> ResumeAsync(
        string study, string receipt, HttpContext context, Conversation conversation, OpenStudies studies, Visitors visitors, CancellationToken cancellationToken) =>
        Receipt.TryRead(receipt, out var read) && await OpenAsync(study, read, context, conversation, studies, visitors, cancellationToken) is { } way
            ? Show.SeeOther(way.Page())
            : Nothing();

    /// <summary>Lets this browser open what the receipt stands for; null where it stands for nothing in the study.</summary>
    private static async Task<Way?> OpenAsync(
        string study, Receipt receipt, HttpContext context, Conversation conversation, OpenStudies studies, Visitors visitors, CancellationToken cancellationToken)
    {
        if (await conversation.OwnAsync(study, null, new Person(Person.ByReceipt, receipt.Code), cancellationToken) is not { } own
            || Desk.Find(studies, study, own.Flow) is not { } desk)
        {
            return null;
        }

        visitors.Keep(context, study, visitors.Read(context, study).With(own.Flow, receipt.Code));
        return desk.Way;
    }

    private static IResult Nothing() => Show.Message(
        404, "There is nothing under this receipt", "The address may have been cut off. If the answers were withdrawn, they are gone.", "/receipt", "Type the receipt");

    /// <summary>An address of IPv4, or the network of an IPv6 address, of which one household has more than anybody can count.</summary>
    private static string Neighbourhood(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
