using System.Globalization;
using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Loops;
using Bot.Readiness;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Trends;

/// <summary><c>/pilot trend</c>: one series of a loop with its limits, and which weeks are signals by which rule.</summary>
public sealed class ShowTrend(BotDb db, FindLoop find, ReadHistory history, ReadReadiness readiness, CardBook cards) : ICommandHandler, IActionHandler
{
    public const string Action = "trend.show";
    private const int UsualWeeks = 26;
    private const int MostWeeks = 104;
    private const int MostSignals = 8;

    private static readonly SeriesName[] All = Enum.GetValues<SeriesName>();

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct) =>
        SeriesOfLoop.Parse(key) is { } wanted && await find.ByKeyAsync(asked, wanted.Loop, ct) is { } loop
            ? await ShowAsync(asked, loop, wanted.Series, UsualWeeks, ct)
            : find.Unknown();

    /// <summary>The last words may be a number of weeks and the name of a series, in any order; what is before them names the initiative.</summary>
    Task<Reply> ICommandHandler.HandleAsync(Asked asked, string arguments, CancellationToken ct)
    {
        var (weeks, series, named) = (UsualWeeks, SeriesName.Performance, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList());
        while (named.Count > 0)
        {
            if (int.TryParse(named[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= MostWeeks)
            {
                weeks = number;
            }
            else if (SeriesOfLoop.Named(named[^1]) is { } one)
            {
                series = one;
            }
            else
            {
                break;
            }

            named.RemoveAt(named.Count - 1);
        }

        return find.OneAsync(asked, string.Join(' ', named), loop => ShowAsync(asked, loop, series, weeks, ct), ct);
    }

    private async Task<Reply> ShowAsync(Asked asked, LoopInHand loop, SeriesName name, int weeks, CancellationToken ct)
    {
        var past = await history.OfAsync(loop.Loop.Id, DateOnly.MaxValue, ct);
        var rebases = await db.Rebases.AsNoTracking().Where(r => r.LoopId == loop.Loop.Id).OrderBy(r => r.From).ToListAsync(ct);
        // Readiness looks back over every probe, so it is read only by who asks for it, and offered where there is any.
        var probed = name == SeriesName.Readiness ? await readiness.OfAsync(loop.Loop.Id, past.Count > 0 ? past[^1].ReviewDate : DateOnly.MinValue, ct) : null;
        var series = All.ToDictionary(s => s, s => WeeklySeries.Of(s, past, rebases,
            probed?.Weeks.Where(w => w.Overall is not null).ToDictionary(w => w.ReviewDate, w => w.Overall!.Value)));
        var hasProbes = await db.Answers.AnyAsync(a => a.ProbeAnswer != null && db.Rounds.Any(r => r.LoopId == loop.Loop.Id && r.Id == a.RoundId), ct);
        var chart = ProcessBehaviourChart.Of(series[name]);
        if (chart.Last is null)
        {
            return Notice.Whisper(cards, $"{loop.Initiative.Name} has no week with a figure of {new Measure(name, loop.Initiative.Metric).Label} yet; the first comes after the first review.");
        }

        var key = loop.Loop.Id.ToString();
        return new Reply.Whisper(cards.Fill(TrendCard.Of(
            key, loop.Initiative.Name, chart, new Measure(name, loop.Initiative.Metric), Math.Max(0, series[name].Weeks.Count - weeks), MostSignals,
            [.. rebases.Where(r => r.Series == name).Select(r => $"{Say.Week(r.From, past[^1].ReviewDate)}: {r.Reason}")],
            [.. All.Where(s => s != name && (s == SeriesName.Readiness ? hasProbes : series[s].Weeks.Any(w => w.Value is not null))).Select(s => new SeriesChoice(SeriesOfLoop.Key(key, s), Upper(new Measure(s, loop.Initiative.Metric).Short)))],
            loop.MaySet(asked.By) && !series[name].Overlaps)));
    }

    private static string Upper(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}

/// <summary>A series of a loop as buttons name it: "loop:series".</summary>
public static class SeriesOfLoop
{
    public static string Key(string loop, SeriesName series) => $"{loop}:{series.ToString().ToLowerInvariant()}";

    public static (string Loop, SeriesName Series)? Parse(string key) =>
        key.Split(':') is [var loop, var name] && Named(name) is { } series ? (loop, series) : null;

    /// <summary>By its own name only: a number is none.</summary>
    public static SeriesName? Named(string name) =>
        Enum.TryParse<SeriesName>(name, ignoreCase: true, out var series) && series.ToString().Equals(name, StringComparison.OrdinalIgnoreCase) ? series : null;
}
