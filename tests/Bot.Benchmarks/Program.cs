using Bot.Benchmarks;
using Bot.Benchmarks.Load;

// dotnet run -c Release --project tests/Bot.Benchmarks [due] [status] [digest] [portfolio] [cards]; without a word, all of them.
// seed-load FILE [teams]: the store that Load/status-beside-bolt.sh or Load/status-beside-botbuilder.sh asks.
switch (args)
{
    case ["seed-load", var file]:
        await SeedLoad.WriteSlackAsync(file);
        return;
    case ["seed-load", var teams, "teams"]:
        await SeedLoad.WriteTeamsAsync(teams);
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
