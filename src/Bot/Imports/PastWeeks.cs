using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Loops;

namespace Bot.Imports;

/// <summary>The weeks of one loop as an import finds them.</summary>
/// <param name="Rounds">All rounds of the loop, imported and its own.</param>
/// <param name="There">Which answers the imported ones hold.</param>
public sealed record PastWeeks(Loop Loop, IReadOnlyList<Round> Rounds, IReadOnlyList<ImportedAnswer> There, DateTimeOffset Now)
{
    /// <summary>Decides, row by row, what is new, what is there already and what cannot be taken.</summary>
    public ImportPlan Decide(IReadOnlyList<AnswerRow> rows, TimeProvider clock)
    {
        var imported = Rounds.Where(r => r.Imported).ToDictionary(r => Say.Monday(r.ReviewDate));
        var own = Rounds.Where(r => !r.Imported).Select(r => Say.Monday(r.ReviewDate)).ToHashSet();
        var keys = There.Select(a => (a.RoundId, a.Key)).ToHashSet();
        var answered = There.Where(a => a.PersonId is not null).Select(a => (a.RoundId, a.PersonId)).ToHashSet();
        var (seen, lines) = (new Dictionary<(RoundId, string), int>(), new Dictionary<(RoundId, PersonId?), long>());
        var (weeks, answers, bad, alreadyThere) = (new List<Round>(), new List<NewAnswer>(), new List<BadRow>(), 0);
        foreach (var row in rows)
        {
            if (Refuse(row, own) is { } reason)
            {
                bad.Add(new BadRow(row.Line, reason));
                continue;
            }

            if (!imported.TryGetValue(row.Monday, out var round))
            {
                round = imported[row.Monday] = Build(row.Monday, clock);
                weeks.Add(round);
            }

            if (row.Person is not null && !lines.TryAdd((round.Id, row.Person), row.Line))
            {
                bad.Add(new BadRow(row.Line, $"the same person has another answer in this week, in line {lines[(round.Id, row.Person)]}"));
                continue;
            }

            var bare = row.Key(0);
            var occurrence = seen[(round.Id, bare)] = seen.GetValueOrDefault((round.Id, bare)) + 1;
            var key = row.Key(occurrence);
            if (keys.Contains((round.Id, key)))
            {
                alreadyThere++;
            }
            else if (row.Person is not null && answered.Contains((round.Id, row.Person)))
            {
                bad.Add(new BadRow(row.Line, "an earlier import brought a different answer of the same person in this week"));
            }
            else
            {
                answers.Add(new NewAnswer(round.Id, key, row));
            }
        }

        // A week whose every row turned out bad is not a week.
        var filled = answers.Select(a => a.RoundId).ToHashSet();
        return new ImportPlan([.. weeks.Where(w => filled.Contains(w.Id))], answers, bad, alreadyThere);
    }

    private string? Refuse(AnswerRow row, HashSet<DateOnly> own) =>
        row.At > Now ? "the date lies in the future"
        : own.Contains(row.Monday) ? $"the {Say.Week(row.Monday)} {row.Monday.Year} is one of the loop's own weeks; its answers come from check-ins"
        : row.Monday >= AnswerRow.MondayOf(Now) ? $"the {Say.Week(row.Monday)} {row.Monday.Year} is not over yet"
        : null;

    private Round Build(DateOnly monday, TimeProvider clock)
    {
        var slot = Loop.Slot;
        var date = slot.OnOrAfter(monday);
        var review = slot.StartOn(date);
        var reminds = Earlier(slot.HoursBefore(date, Loop.RemindHours), review);
        return new Round
        {
            Id = Id.New<RoundId>(clock),
            WorkspaceId = Loop.WorkspaceId,
            LoopId = Loop.Id,
            ReviewDate = date,
            State = RoundState.Closed,
            OpensAt = Earlier(slot.HoursBefore(date, Loop.OpenHours), reminds),
            RemindsAt = reminds,
            ReviewAt = review,
            ClosesAt = review,
            ClosedAt = review,
            Sealed = true,
            Imported = true,
        };
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}

/// <summary>An answer that an earlier import brought.</summary>
public sealed record ImportedAnswer(RoundId RoundId, string Key, PersonId? PersonId);

/// <summary>A row that becomes an answer, with the fingerprint it is known by from then on.</summary>
public sealed record NewAnswer(RoundId RoundId, string Key, AnswerRow Row);

/// <summary>What an import will do.</summary>
/// <param name="Weeks">Weeks the loop does not have yet.</param>
public sealed record ImportPlan(IReadOnlyList<Round> Weeks, IReadOnlyList<NewAnswer> Answers, IReadOnlyList<BadRow> Bad, int AlreadyThere);
