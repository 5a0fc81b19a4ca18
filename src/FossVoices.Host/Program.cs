using System.Text;
using FossVoices.Host.Commands;

// Windows consoles otherwise turn a dash or an umlaut into a question mark.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await Verbs.RunAsync(args, new Terminal(Console.In, Console.Out, Console.Error, TimeProvider.System), CancellationToken.None);
