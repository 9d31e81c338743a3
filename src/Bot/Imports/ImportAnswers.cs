using Bot.Chat;
using Bot.CheckIns;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Bot.Imports;

/// <summary>
/// Brings dated answers from elsewhere into a loop as past weeks. All or nothing, in one transaction; the same rows again change nothing.
/// </summary>
public sealed partial class ImportAnswers(BotDb db, TimeProvider clock, ILogger<ImportAnswers> log)
{
    private const int Chunk = 1000;

    /// <param name="file">A CSV file with the names of its columns in the first line.</param>
    /// <param name="leaveOutBadRows">Import the rest where rows are bad, instead of nothing.</param>
    /// <param name="progress">Told how many of the new answers are written.</param>
    public async Task<ImportOutcome> RunAsync(
        Loop loop, Stream file, ImportColumns columns, bool leaveOutBadRows, IProgress<(int Done, int Total)>? progress, CancellationToken ct)
    {
        var (read, ended) = await ReadRows.FromAsync(file, columns, await PeopleAsync(loop.WorkspaceId, ct), ct);
        if (read is null)
        {
            return ended!;
        }

        try
        {
            // A connection that breaks on the way takes the transaction with it: the whole of it is then done again.
            return await db.Database.CreateExecutionStrategy().ExecuteAsync(stop => StoreAsync(loop, read, leaveOutBadRows, progress, stop), ct);
        }
        catch (DbUpdateException collision) when (Collision.Is(collision))
        {
            return new ImportOutcome.Collided();
        }
    }

    private async Task<ImportOutcome> StoreAsync(
        Loop loop, ReadRows read, bool leaveOutBadRows, IProgress<(int Done, int Total)>? progress, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var plan = (await PastAsync(loop, ct)).Decide(read.Rows, clock);
        List<BadRow> bad = [.. read.Bad.Concat(plan.Bad).OrderBy(b => b.Line)];
        if (bad.Count > 0 && !leaveOutBadRows)
        {
            return new ImportOutcome.BadRows(bad);
        }

        db.Rounds.AddRange(plan.Weeks);
        progress?.Report((0, plan.Answers.Count));
        var done = 0;
        foreach (var chunk in plan.Answers.Chunk(Chunk))
        {
            db.Answers.AddRange(chunk.Select(Build));
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
            progress?.Report((done += chunk.Length, plan.Answers.Count));
        }

        // Texts that come into a week whose own are gone go with the next run, if they are as old.
        List<RoundId> filled = [.. plan.Answers.Select(a => a.RoundId).Distinct()];
        await db.Rounds.Where(r => filled.Contains(r.Id) && r.TextsGoneAt != null).ExecuteUpdateAsync(r => r.SetProperty(x => x.TextsGoneAt, (DateTimeOffset?)null), ct);
        ct.ThrowIfCancellationRequested();
        await transaction.CommitAsync(ct);
        var weeks = filled.Count;
        LogImported(loop.Id, plan.Answers.Count, weeks, plan.AlreadyThere, bad.Count);
        return new ImportOutcome.Imported(weeks, plan.Answers.Count, plan.AlreadyThere, bad);
    }

    private Answer Build(NewAnswer it) => new()
    {
        Id = Id.New<AnswerId>(clock),
        RoundId = it.RoundId,
        PersonId = it.Row.Person,
        Rating = it.Row.Rating,
        Comment = it.Row.Text,
        At = it.Row.At,
        Counted = true,
        ImportKey = it.Key,
    };

    private async Task<PastWeeks> PastAsync(Loop loop, CancellationToken ct)
    {
        var rounds = await db.Rounds.AsNoTracking().Where(r => r.LoopId == loop.Id).ToListAsync(ct);
        var there = await (
            from answer in db.Answers
            join round in db.Rounds on answer.RoundId equals round.Id
            where round.LoopId == loop.Id && round.Imported && answer.ImportKey != null
            select new ImportedAnswer(answer.RoundId, answer.ImportKey!, answer.PersonId)).ToListAsync(ct);
        return new PastWeeks(loop, rounds, there, clock.GetUtcNow());
    }

    private async Task<PeopleByName> PeopleAsync(WorkspaceId workspace, CancellationToken ct)
    {
        var people = await db.People.Where(p => p.WorkspaceId == workspace).Select(p => new { p.Id, p.Name, p.ExternalId }).ToListAsync(ct);
        return new PeopleByName(people.Select(p => (p.Id, p.Name, p.ExternalId)));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Imported {Answers} answers in {Weeks} weeks into loop {LoopId}; {AlreadyThere} were there, {Bad} rows left out")]
    private partial void LogImported(LoopId loopId, int answers, int weeks, int alreadyThere, int bad);
}
