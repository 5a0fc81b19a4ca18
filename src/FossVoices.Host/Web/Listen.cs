using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using FossVoices.Definitions;
using FossVoices.Host.Commands;
using Microsoft.AspNetCore.Connections;

namespace FossVoices.Host.Web;

/// <summary>Where the web chat listens, and why it can't.</summary>
internal static class Listen
{
    /// <exception cref="CannotRun">One of them is no address to listen on.</exception>
    public static ImmutableArray<string> Read(string urls)
    {
        var addresses = urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToImmutableArray();
        var wrong = addresses.IsEmpty ? urls : addresses.FirstOrDefault(a => !IsPlain(a));
        return wrong is null
            ? addresses
            : throw new CannotRun(
                $"The web chat can't listen on '{Problems.Shown(wrong)}'. Give an address such as http://localhost:5080; for https, put a reverse proxy in front.",
                ExitCode.WrongUsage);
    }

    /// <summary>Why the server did not start, in a sentence; null where it is not about the address.</summary>
    public static string? Refusal(Exception exception, string urls) => exception switch
    {
        IOException { InnerException: AddressInUseException } =>
            $"Another program is listening on {urls} already. Stop it, or choose another address with --urls, such as --urls http://localhost:5081.",
        SocketException { SocketErrorCode: SocketError.AccessDenied } =>
            $"This user may not listen on {urls}. Choose a port above 1023 with --urls, such as --urls http://localhost:5080.",
        SocketException or IOException => $"The web chat can't listen on {urls} ({exception.Message}). Choose another address with --urls.",
        InvalidOperationException => $"The web chat can't listen on {urls} ({exception.Message})",
        _ => null,
    };

    private static bool IsPlain(string address)
    {
        try
        {
            var read = BindingAddress.Parse(address);
            // A port that is no number is taken for a part of the host's name.
            return read is { Scheme: "http", PathBase.Length: 0, Port: <= IPEndPoint.MaxPort } && (read.Host.StartsWith('[') || !read.Host.Contains(':', StringComparison.Ordinal));
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
