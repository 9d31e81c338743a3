using Bot.Cards;
using Bot.CheckIns;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Trends;

/// <summary>Reads what people wrote in a week and the weeks before it, and groups it.</summary>
public sealed class ReadThemes(BotDb db)
{
    /// <summary>The texts of 10 to 18 weeks are read: from the beginning of a block, so that labels do not move with every week.</summary>
    private const int BlockWeeks = 9;

    /// <summary>A comment on a good rating is no struggle. Imported answers have no other text, and no kind.</summary>
    private const int WorstOfGood = 4;

    private static readonly DateOnly FirstBlock = new(2000, 1, 3);

    /// <summary>The themes of a week; none with too few answers. The week's own answers are taken as they stand in this turn, and must have been read.</summary>
    public async Task<IReadOnlyList<ThemeNow>> OfAsync(RoundInHand week, CancellationToken ct)
    {
        var weeks = await WeeksAsync(week, ct);
        return weeks is [.., var last] && last.ReviewDate == week.Round.ReviewDate ? ThemeNow.Of(weeks, Themes.Of(weeks, week.Initiative.Name)) : [];
    }

    public static DateOnly From(DateOnly reviewDate)
    {
        var block = (Say.Monday(reviewDate).DayNumber - FirstBlock.DayNumber) / 7 / BlockWeeks;
        return FirstBlock.AddDays((block - 1) * BlockWeeks * 7);
    }

    private async Task<IReadOnlyList<WeekOfTexts>> WeeksAsync(RoundInHand week, CancellationToken ct)
    {
        var (loop, id, date, from) = (week.Loop.Id, week.Round.Id, week.Round.ReviewDate, From(week.Round.ReviewDate));
        var rounds = await db.Rounds.AsNoTracking().Where(r => r.LoopId == loop && r.ReviewDate >= from && r.ReviewDate < date && r.State == RoundState.Closed)
            .OrderBy(r => r.ReviewDate).Select(r => new { r.Id, r.ReviewDate }).ToListAsync(ct);
        var ids = rounds.ConvertAll(r => r.Id);
        var counted = await db.Answers.Where(a => ids.Contains(a.RoundId) && a.Counted).GroupBy(a => a.RoundId).Select(g => new { g.Key, N = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.N, ct);
        counted[id] = db.Answers.Local.Count(a => a.RoundId == id && a.Counted);
        var named = (await db.Answers.AsNoTracking()
            .Where(a => ids.Contains(a.RoundId) && a.Counted && (a.StruggleText != null || (a.ImportKey != null && a.Comment != null && a.Rating < WorstOfGood)))
            .Select(a => new { a.RoundId, a.Struggles, Text = a.StruggleText ?? a.Comment! }).ToListAsync(ct))
            .ToLookup(a => a.RoundId, a => new StruggleText(KindOf(a.Struggles), a.Text));
        var nameless = (await db.NamelessNotes.AsNoTracking().Where(n => ids.Contains(n.RoundId) && n.Counted && n.Text != null)
            .Select(n => new { n.RoundId, n.Struggles, Text = n.Text! }).ToListAsync(ct))
            .ToLookup(n => n.RoundId, n => new StruggleText(KindOf(n.Struggles), n.Text));
        var acted = await db.ActionItems.Where(a => a.LoopId == loop && a.RoundId != null).Select(a => a.RoundId!.Value).Distinct().ToListAsync(ct);
        // What was decided in this turn and is not saved yet belongs to it.
        acted.AddRange(db.ActionItems.Local.Select(a => a.RoundId).OfType<RoundId>());
        return
        [
            .. rounds.Where(r => counted.GetValueOrDefault(r.Id) >= CountAnswers.Fewest)
                .Select(r => new WeekOfTexts(r.ReviewDate, acted.Contains(r.Id), ToQuote([.. named[r.Id]], [.. nameless[r.Id]]))),
            .. counted[id] < CountAnswers.Fewest ? [] : new[] { new WeekOfTexts(date, acted.Contains(id), ThisWeek(id)) },
        ];
    }

    private IReadOnlyList<StruggleText> ThisWeek(RoundId id) => ToQuote(
        [
            .. db.Answers.Local.Where(a => a.RoundId == id && a.Counted)
                .Select(a => (a.Struggles, Text: a.StruggleText ?? (a.ImportKey is not null && a.Rating < WorstOfGood ? a.Comment : null)))
                .Where(a => a.Text is not null).Select(a => new StruggleText(KindOf(a.Struggles), a.Text!)),
        ],
        [.. db.NamelessNotes.Local.Where(n => n.RoundId == id && n.Counted && n.Text is not null).Select(n => new StruggleText(KindOf(n.Struggles), n.Text!))]);

    /// <summary>Without a name only under kinds in which at least three people wrote that week; a label is made of a text as much as a quote is.</summary>
    internal static IReadOnlyList<StruggleText> ToQuote(IReadOnlyList<StruggleText> named, IReadOnlyList<StruggleText> nameless)
    {
        var enough = CheckInFields.Each((Struggles)~0)
            .Where(kind => named.Count(t => t.Kinds.HasFlag(kind)) + nameless.Count(t => t.Kinds.HasFlag(kind)) >= CountAnswers.Fewest)
            .Aggregate(Struggles.None, (all, kind) => all | kind);
        return [.. named, .. nameless.Select(t => t with { Kinds = t.Kinds & enough }).Where(t => t.Kinds != Struggles.None)];
    }

    private static Struggles KindOf(Struggles kinds) => (kinds & ~Struggles.Nothing) is var named && named == Struggles.None ? Struggles.Other : named;
}
