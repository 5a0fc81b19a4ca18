Console.WriteLine("FossVoices");
