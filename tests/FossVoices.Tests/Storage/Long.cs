namespace FossVoices.Tests.Storage;

/// <summary>How often a test repeats: a little always, a lot with <c>FOSSVOICES_LONG=1</c>.</summary>
internal static class Long
{
    public static int Run(int always, int lots) => Environment.GetEnvironmentVariable("FOSSVOICES_LONG") == "1" ? lots : always;
}
