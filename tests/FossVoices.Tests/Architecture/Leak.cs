using FossVoices.Storage;

namespace FossVoices.Tests.Planted;

/// <summary>Breaks the house rules on purpose, so that the tests which hold them are themselves tested.</summary>
internal sealed class Leak
{
    private Leak()
    {
    }

    public static Type Holds => typeof(Database);
}
