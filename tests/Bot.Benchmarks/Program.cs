using Bot.Benchmarks;

// dotnet run -c Release --project tests/Bot.Benchmarks [due] [status] [cards]; without a word, all three.
if (args.Length == 0 || args.Contains("due"))
{
    await DueAtOnce.MeasureAsync();
}

if (args.Length == 0 || args.Contains("status"))
{
    await StatusLatency.MeasureAsync();
}

if (args.Length == 0 || args.Contains("cards"))
{
    CardExpansion.Measure();
}
