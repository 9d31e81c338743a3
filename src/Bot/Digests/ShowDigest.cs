using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Digests;

/// <summary><c>/pilot digest</c>: the last one, again, only to me.</summary>
public sealed class ShowDigest(BotDb db, FindLoop find, PostDigest digest, CardBook cards) : ICommandHandler, IActionHandler
{
    public const string Action = "digest.show";

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct) =>
        await find.ByKeyAsync(asked, key, ct) is { } loop ? await ShowAsync(loop, ct) : find.Unknown();

    async Task<Reply> ICommandHandler.HandleAsync(Asked asked, string arguments, CancellationToken ct) =>
        await find.OneAsync(asked, arguments, loop => ShowAsync(loop, ct), ct);

    private async Task<Reply> ShowAsync(LoopInHand loop, CancellationToken ct)
    {
        var last = await db.Rounds.AsNoTracking().Where(r => r.LoopId == loop.Loop.Id && r.State == RoundState.Closed)
            .OrderByDescending(r => r.ReviewDate).Select(r => (RoundId?)r.Id).FirstOrDefaultAsync(ct);
        if (last is not { } id)
        {
            return Notice.Whisper(cards, $"{loop.Initiative.Name} has no digest yet: the first comes after the first review. `/pilot schedule` shows when.");
        }

        var week = (await RoundInHand.LoadAsync(db, [id], ct)).Single();
        return new Reply.Whisper(await digest.CardAsync(week, ct));
    }
}
