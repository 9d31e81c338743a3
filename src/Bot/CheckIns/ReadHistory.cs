using Bot.Evidence;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.CheckIns;

/// <summary>Reads the past weeks of a loop in numbers: trends, warnings and the report are made of these.</summary>
public sealed class ReadHistory(BotDb db)
{
    /// <summary>All weeks up to and including a date that are over or left out, oldest first.</summary>
    public async Task<IReadOnlyList<WeekInNumbers>> OfAsync(LoopId loop, DateOnly until, CancellationToken ct)
    {
        var rounds = await db.Rounds.AsNoTracking()
            .Where(r => r.LoopId == loop && r.ReviewDate <= until && (r.State == RoundState.Closed || r.State == RoundState.Skipped))
            .OrderBy(r => r.ReviewDate)
            .Select(r => new { r.Id, r.ReviewDate, r.State, r.Imported, r.Asynchronous, r.StartedAt }).ToListAsync(ct);
        // By the rounds' ids: asked whether a round is the loop's, the database would look at the answers of every loop.
        var ids = rounds.ConvertAll(r => r.Id);
        var answers = await AnswersAsync(ids, ct);
        var notes = await NotesAsync(ids, ct);
        var asked = await AskedAsync(ids, ct);
        var hours = await SupportHoursAsync(ids, ct);
        var metrics = await MetricFromEvidence.OfLoopAsync(db, loop, rounds.ConvertAll(r => r.ReviewDate), ct);
        var decisions = await db.Decisions.Where(d => d.LoopId == loop).GroupBy(d => d.RoundId).Select(g => new { g.Key, N = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.N, ct);
        var actions = await db.ActionItems.Where(a => a.LoopId == loop && a.RoundId != null).GroupBy(a => a.RoundId!.Value).Select(g => new { g.Key, N = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.N, ct);
        var experiments = await db.Experiments.Where(x => x.LoopId == loop).Select(x => x.RoundId).ToListAsync(ct);
        return [.. rounds.Select(r =>
        {
            var a = answers.GetValueOrDefault(r.Id, NoAnswers);
            var n = notes.GetValueOrDefault(r.Id, NoNotes);
            var i = asked.GetValueOrDefault(r.Id, NobodyAsked);
            var enough = a.Counted >= CountAnswers.Fewest;
            return new WeekInNumbers(
                r.Id, r.ReviewDate, r.State, r.Imported,
                r.Imported || r.State == RoundState.Skipped ? null : r.Asynchronous || r.StartedAt is not null,
                r.Imported ? null : i.Asked,
                r.Imported ? a.Counted : i.Answered,
                a.Counted, a.Rated, a.Rated >= CountAnswers.Fewest ? a.Mean : null,
                enough ? a.Counted - a.Rated : 0, enough ? a.Struggles.Plus(n) : [],
                enough ? a.Yes : 0, enough ? a.NotSure : 0, enough ? a.No : 0, metrics.TryGetValue(r.ReviewDate, out var metric) ? metric : null, hours.GetValueOrDefault(r.Id),
                i.Users, i.UsersAnswered, i.BuildersAnswered,
                decisions.GetValueOrDefault(r.Id), actions.GetValueOrDefault(r.Id), experiments.Contains(r.Id) ? 1 : 0);
        })];
    }

    private async Task<Dictionary<RoundId, AnswerSums>> AnswersAsync(List<RoundId> rounds, CancellationToken ct) =>
        await db.Answers
            .Where(a => rounds.Contains(a.RoundId) && a.Counted)
            .GroupBy(a => a.RoundId)
            .Select(g => new
            {
                g.Key,
                Sums = new AnswerSums(
                    g.Count(),
                    g.Count(a => a.Rating != null),
                    g.Average(a => (double?)a.Rating),
                    g.Count(a => a.Drift == DriftSeen.Yes),
                    g.Count(a => a.Drift == DriftSeen.NotSure),
                    g.Count(a => a.Drift == DriftSeen.No),
                    new StruggleSums(
                        g.Count(a => a.Struggles.HasFlag(Struggles.WrongResults)),
                        g.Count(a => a.Struggles.HasFlag(Struggles.NoTrust)),
                        g.Count(a => a.Struggles.HasFlag(Struggles.DoesNotFit)),
                        g.Count(a => a.Struggles.HasFlag(Struggles.NeedTraining)),
                        g.Count(a => a.Struggles.HasFlag(Struggles.SlowOrDown)),
                        g.Count(a => a.Struggles.HasFlag(Struggles.MissingData)),
                        g.Count(a => a.Struggles.HasFlag(Struggles.WorriedForJob)),
                        g.Count(a => a.Struggles.HasFlag(Struggles.Other)))),
            })
            .ToDictionaryAsync(g => g.Key, g => g.Sums, ct);

    private async Task<Dictionary<RoundId, StruggleSums>> NotesAsync(List<RoundId> rounds, CancellationToken ct) =>
        await db.NamelessNotes
            .Where(n => rounds.Contains(n.RoundId) && n.Counted)
            .GroupBy(n => n.RoundId)
            .Select(g => new
            {
                g.Key,
                Sums = new StruggleSums(
                    g.Count(n => n.Struggles.HasFlag(Struggles.WrongResults)),
                    g.Count(n => n.Struggles.HasFlag(Struggles.NoTrust)),
                    g.Count(n => n.Struggles.HasFlag(Struggles.DoesNotFit)),
                    g.Count(n => n.Struggles.HasFlag(Struggles.NeedTraining)),
                    g.Count(n => n.Struggles.HasFlag(Struggles.SlowOrDown)),
                    g.Count(n => n.Struggles.HasFlag(Struggles.MissingData)),
                    g.Count(n => n.Struggles.HasFlag(Struggles.WorriedForJob)),
                    g.Count(n => n.Struggles.HasFlag(Struggles.Other))),
            })
            .ToDictionaryAsync(g => g.Key, g => g.Sums, ct);

    private async Task<Dictionary<RoundId, AskedSums>> AskedAsync(List<RoundId> rounds, CancellationToken ct) =>
        await db.Invitations
            .Where(i => rounds.Contains(i.RoundId))
            .GroupBy(i => i.RoundId)
            .Select(g => new
            {
                g.Key,
                Sums = new AskedSums(
                    g.Count(),
                    g.Count(i => i.AnsweredAt != null),
                    g.Count(i => i.Role == Role.User),
                    g.Count(i => i.Role == Role.User && i.AnsweredAt != null),
                    g.Count(i => i.Role == Role.Builder && i.AnsweredAt != null)),
            })
            .ToDictionaryAsync(g => g.Key, g => g.Sums, ct);

    /// <summary>As the owner gave them; of two editions the newer, as in <see cref="WeekFigures"/>.</summary>
    private async Task<Dictionary<RoundId, double?>> SupportHoursAsync(List<RoundId> rounds, CancellationToken ct) =>
        (await db.Answers.AsNoTracking().Where(a => rounds.Contains(a.RoundId) && a.SupportHours != null)
            .Select(a => new { a.RoundId, a.Counted, a.SupportHours }).ToListAsync(ct))
        .GroupBy(a => a.RoundId).ToDictionary(g => g.Key, g => g.OrderBy(a => a.Counted).First().SupportHours);

    private static StruggleSums NoNotes { get; } = new(0, 0, 0, 0, 0, 0, 0, 0);

    private static AnswerSums NoAnswers { get; } = new(0, 0, null, 0, 0, 0, NoNotes);

    private static AskedSums NobodyAsked { get; } = new(0, 0, 0, 0, 0);

    private sealed record AnswerSums(int Counted, int Rated, double? Mean, int Yes, int NotSure, int No, StruggleSums Struggles);

    private sealed record AskedSums(int Asked, int Answered, int Users, int UsersAnswered, int BuildersAnswered);

    private sealed record StruggleSums(int Wrong, int Trust, int Fit, int Training, int Slow, int Missing, int Job, int Other)
    {
        public Dictionary<Struggles, int> Plus(StruggleSums more) => new Dictionary<Struggles, int>
        {
            [Struggles.WrongResults] = Wrong + more.Wrong,
            [Struggles.NoTrust] = Trust + more.Trust,
            [Struggles.DoesNotFit] = Fit + more.Fit,
            [Struggles.NeedTraining] = Training + more.Training,
            [Struggles.SlowOrDown] = Slow + more.Slow,
            [Struggles.MissingData] = Missing + more.Missing,
            [Struggles.WorriedForJob] = Job + more.Job,
            [Struggles.Other] = Other + more.Other,
        };
    }
}
