using System.Buffers;
using FossVoices.Host.Web.Pages;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;

namespace FossVoices.Host.Web;

/// <summary>Stands before everything that is posted: reads the form, within bounds, and makes sure that it is one of our own.</summary>
internal sealed class FormGate(IAntiforgery antiforgery) : IEndpointFilter
{
    /// <summary>The longest form, in bytes: an answer of several times the length that can be kept still comes back to be shortened.</summary>
    public const int MostBytes = 256 * 1024;

    private const int MostFields = 200;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var request = http.Request;
        if (request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) is not true)
            return Show.Message(415, "That could not be read", "Please go back, and use the buttons of the page.");
        if (request.ContentLength > MostBytes)
            return await ReadToItsEndAsync(request, http.RequestAborted);

        http.Features.Set<IFormFeature>(new FormFeature(request, new FormOptions { ValueLengthLimit = MostBytes, ValueCountLimit = MostFields }));
        try
        {
            await request.ReadFormAsync(http.RequestAborted);
        }
        catch (InvalidDataException) when (request.ContentLength is null)
        {
            return await ReadToItsEndAsync(request, http.RequestAborted);
        }
        catch (InvalidDataException) // It is not too long, so it holds what no form can hold, such as a null character.
        {
            return Show.Message(
                400, "That could not be read", "Something in it is no text, and nothing of it has been kept. Your browser's back button brings back what you had written.");
        }

        return await antiforgery.IsRequestValidAsync(http) ? await next(context) : NotOurs(request.Form["text"]);
    }

    public static IResult TooLong() => Show.Message(
        413,
        "That was too long",
        "More was sent than can be read, and nothing of it has been kept. Your browser's back button brings your text back. Please shorten it: up to 4,000 characters can be kept.");

    private static IResult NotOurs(string? text) => Show.Message(
        400,
        "This page had been open for too long",
        "It could not be told whether this came from your own page, so nothing was changed. Please go back, load the page again, and give the answer once more.",
        typed: text);

    /// <summary>Otherwise the connection is cut while the browser is still sending, and it shows an error of its own instead of the page.</summary>
    private static async Task<IResult> ReadToItsEndAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            while (await request.Body.ReadAsync(buffer, cancellationToken) > 0)
            {
                // Nothing is looked at.
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return TooLong();
    }
}
