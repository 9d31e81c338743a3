using Bot.Chat;
using Bot.Initiatives;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Samples;

/// <summary>The marked sample portfolio in the store: whether it is there, and taking it away with everything that belongs to it.</summary>
public sealed class SampleRows(BotDb db)
{
    public Task<bool> AreThereAsync(CancellationToken ct) => db.Initiatives.AnyAsync(i => i.IsSample, ct);

    /// <returns>The channels in which the samples lived.</returns>
    public async Task<IReadOnlyList<Channel>> RemoveAsync(CancellationToken ct)
    {
        await using var all = await db.Database.BeginTransactionAsync(ct);
        var samples = await db.Initiatives.Where(i => i.IsSample).Select(i => i.Id).ToListAsync(ct);
        var loops = await db.Loops.Where(l => samples.Contains(l.InitiativeId)).ToListAsync(ct);
        var loopIds = loops.ConvertAll(l => l.Id);
        var channels = await db.Channels.AsNoTracking().Where(c => loops.Select(l => l.ChannelId).Contains(c.Id)).ToListAsync(ct);
        var rounds = db.Rounds.Where(r => loopIds.Contains(r.LoopId)).Select(r => r.Id);
        var spoken = await rounds.ToListAsync(ct);
        await db.RoundSteps.Where(s => rounds.Contains(s.RoundId)).ExecuteDeleteAsync(ct);
        await db.Invitations.Where(i => rounds.Contains(i.RoundId)).ExecuteDeleteAsync(ct);
        await db.Answers.Where(a => rounds.Contains(a.RoundId)).ExecuteDeleteAsync(ct);
        await db.NamelessNotes.Where(n => rounds.Contains(n.RoundId)).ExecuteDeleteAsync(ct);
        await db.Decisions.Where(d => loopIds.Contains(d.LoopId)).ExecuteDeleteAsync(ct);
        await db.ActionItems.Where(a => loopIds.Contains(a.LoopId)).ExecuteDeleteAsync(ct);
        await db.Experiments.Where(x => loopIds.Contains(x.LoopId)).ExecuteDeleteAsync(ct);
        foreach (var round in spoken)
        {
            var text = round.ToString();
            await db.PostedCards.Where(p => p.Key.Contains(text)).ExecuteDeleteAsync(ct);
            await db.Outbox.Where(o => o.Key.Contains(text)).ExecuteDeleteAsync(ct);
        }

        await db.Rounds.Where(r => loopIds.Contains(r.LoopId)).ExecuteDeleteAsync(ct);
        await db.Participants.Where(p => loopIds.Contains(p.LoopId)).ExecuteDeleteAsync(ct);
        await db.SkippedDates.Where(s => loopIds.Contains(s.LoopId)).ExecuteDeleteAsync(ct);
        await db.Rebases.Where(r => loopIds.Contains(r.LoopId)).ExecuteDeleteAsync(ct);
        await db.Loops.Where(l => loopIds.Contains(l.Id)).ExecuteDeleteAsync(ct);
        await RemoveInitiativesAsync(samples, ct);
        await all.CommitAsync(ct);
        return channels;
    }

    private async Task RemoveInitiativesAsync(List<InitiativeId> samples, CancellationToken ct)
    {
        foreach (var workshop in await db.Workshops.Where(w => samples.Contains(w.InitiativeId)).Select(w => w.Id).ToListAsync(ct))
        {
            var text = workshop.ToString();
            await db.PostedCards.Where(p => p.Key.Contains(text)).ExecuteDeleteAsync(ct);
            await db.Outbox.Where(o => o.Key.Contains(text)).ExecuteDeleteAsync(ct);
        }

        var warnings = db.Warnings.Where(w => samples.Contains(w.InitiativeId)).Select(w => w.Id);
        foreach (var warning in await warnings.ToListAsync(ct))
        {
            var text = warning.ToString();
            await db.PostedCards.Where(p => p.Key.Contains(text)).ExecuteDeleteAsync(ct);
            await db.Outbox.Where(o => o.Key.Contains(text)).ExecuteDeleteAsync(ct);
        }

        await db.WarningAnswers.Where(a => warnings.Contains(a.WarningId)).ExecuteDeleteAsync(ct);
        await db.Warnings.Where(w => samples.Contains(w.InitiativeId)).ExecuteDeleteAsync(ct);
        await db.StageChanges.Where(s => samples.Contains(s.InitiativeId)).ExecuteDeleteAsync(ct);
        await db.Obstacles.Where(o => samples.Contains(o.InitiativeId)).ExecuteDeleteAsync(ct);
        await db.PlanItems.Where(p => samples.Contains(p.InitiativeId)).ExecuteDeleteAsync(ct);
        await db.Workshops.Where(w => samples.Contains(w.InitiativeId)).ExecuteDeleteAsync(ct);
        await db.Diagnoses.Where(d => samples.Contains(d.InitiativeId)).ExecuteDeleteAsync(ct);
        await db.Evidence.Where(i => samples.Contains(i.InitiativeId)).ExecuteDeleteAsync(ct);
        await db.EvidenceKeys.Where(k => samples.Contains(k.InitiativeId)).ExecuteDeleteAsync(ct);
        await db.Initiatives.Where(i => samples.Contains(i.Id)).ExecuteDeleteAsync(ct);
    }

    /// <summary>Takes over what the product made in another file, for the same workspace, people and channels.</summary>
    /// <param name="file">A store of the same release.</param>
    public async Task TakeOverAsync(string file, CancellationToken ct)
    {
        string[] tables =
        [
            "Initiatives", "Loops", "Participants", "Rounds", "RoundSteps", "Invitations", "Answers", "NamelessNotes", "Decisions", "ActionItems", "Experiments", "PostedCards",
            "StageChanges", "Obstacles", "PlanItems", "Workshops", "Diagnoses", "Rebases", "Warnings", "WarningAnswers", "Evidence", "EvidenceKeys",
        ];
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await db.Database.ExecuteSqlAsync($"ATTACH DATABASE {file} AS sample", ct);
            await using (var all = await db.Database.BeginTransactionAsync(ct))
            {
                foreach (var table in tables)
                {
                    // The names are ours; nobody types them.
#pragma warning disable EF1002
                    await db.Database.ExecuteSqlRawAsync($"INSERT INTO main.\"{table}\" SELECT * FROM sample.\"{table}\"", ct);
#pragma warning restore EF1002
                }

                await all.CommitAsync(ct);
            }

            await db.Database.ExecuteSqlAsync($"DETACH DATABASE sample", ct);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
