using Bot.Benchmarks;
using Bot.Benchmarks.Load;

// dotnet run -c Release --project tests/Bot.Benchmarks [due] [status] [digest] [portfolio] [cards]; without a word, all of them.
// seed-load FILE: the store that Load/status-beside-bolt.sh asks.
if (args is ["seed-load", var file])
{
    await SeedLoad.WriteAsync(file);
    return;
}

if (args.Length == 0 || args.Contains("due"))
{
    await DueAtOnce.MeasureAsync();
}

if (args.Length == 0 || args.Contains("status"))
{
    await StatusLatency.MeasureAsync();
}

if (args.Length == 0 || args.Contains("digest"))
{
    await DigestLatency.MeasureAsync();
}

if (args.Length == 0 || args.Contains("portfolio"))
{
    await PortfolioLatency.MeasureAsync();
}

if (args.Length == 0 || args.Contains("cards"))
{
    CardExpansion.Measure();
}
