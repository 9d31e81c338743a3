using Bot.Benchmarks;
using Bot.Benchmarks.Growth;
using Bot.Benchmarks.Load;

// dotnet run -c Release --project tests/Bot.Benchmarks [due] [status] [digest] [portfolio] [cards]; without a word, all of them.
// load [...]: many loops due at once on PostgreSQL, and answers meanwhile; growth: more loops, more weeks. Both write docs/load.md.
// seed-load FILE [teams]: the store that Load/status-beside-bolt.sh or Load/status-beside-botbuilder.sh asks.
switch (args)
{
    case ["seed-load", var file]:
        await SeedLoad.WriteSlackAsync(file);
        return;
    case ["seed-load", var teams, "teams"]:
        await SeedLoad.WriteTeamsAsync(teams);
        return;
    case ["load", .. var words]:
        await LoadCommand.RunAsync(words, ReportFile.OfCheckout(), TimeProvider.System);
        return;
    case ["growth", .. var most]:
        await GrowthCommand.RunAsync(most, ReportFile.OfCheckout(), TimeProvider.System);
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
