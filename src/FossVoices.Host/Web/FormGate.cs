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
            return Show.Message(415, "unreadable");
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
            return Show.Message(400, "no_words");
        }

        return await antiforgery.IsRequestValidAsync(http) ? await next(context) : NotOurs(request.Form["text"]);
    }

    public static IResult TooLong() => Show.Message(413, "too_long");

    private static IResult NotOurs(string? text) => Show.Message(400, "stale", typed: text);

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
