using Bot.Cards;
using Bot.Chat;
using Bot.Delivery;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Bot.Ties;

/// <summary><c>/pilot together</c>: ties a loop to the one that follows the same initiative in another workspace, once an admin of each has agreed by a one-time code.</summary>
public sealed partial class FollowTogether(
    BotDb db, FindLoop find, AcrossTies across, ShowTie show, EndTie end, ReadAdmins admins, Outbox outbox, IEnumerable<IChatPlatform> platforms, CardBook cards, TimeProvider clock, ILogger<FollowTogether> log)
    : ICommandHandler
{
    private const string Invalid = "This code does not hold: it was mistyped or used, or is older than an hour. Ask for a new one; an admin there types `/pilot together`.";

    public Task<Reply> HandleAsync(Asked asked, string arguments, CancellationToken ct)
    {
        var (named, code) = TieCode.Read(arguments);
        return find.OneAsync(asked, named, loop => DoAsync(asked, loop, code, ct), ct);
    }

    private async Task<Reply> DoAsync(Asked asked, LoopInHand loop, string? code, CancellationToken ct)
    {
        if (!asked.By.IsAdmin)
        {
            return await admins.OnlyTheyAsync(asked.Workspace.Id, ct);
        }

        if (await across.OfAsync(loop.Loop.Id, ct) is { } there)
        {
            return code is null ? new Reply.Whisper(await show.CardAsync(asked, loop, there, ct))
                : Notice.Whisper(cards, $"{loop.Initiative.Name} is followed in {there.Name} as well, and a loop is tied to one other. `/pilot together {loop.Initiative.Name}` ends that.");
        }

        if (await end.OfLoopAsync(loop.Loop.Id, ct))
        {
            return Notice.Whisper(cards, $"The place where {loop.Initiative.Name} was followed as well is gone, so that has ended. Type it again to begin anew.");
        }

        return code is null ? await OfferAsync(asked, loop, ct) : await TakeAsync(asked, loop, code, ct);
    }

    private async Task<Reply> OfferAsync(Asked asked, LoopInHand loop, CancellationToken ct)
    {
        var (code, until) = (TieCode.New(), clock.GetUtcNow() + TieOffer.Lifetime);
        if (await db.TieOffers.FindAsync([loop.Loop.Id], ct) is { } earlier)
        {
            (earlier.By, earlier.Hash, earlier.ExpiresAt) = (asked.By.Id, TieCode.Hash(code), until);
        }
        else
        {
            db.TieOffers.Add(new TieOffer { LoopId = loop.Loop.Id, WorkspaceId = asked.Workspace.Id, By = asked.By.Id, Hash = TieCode.Hash(code), ExpiresAt = until });
        }

        LogOffered(loop.Loop.Id, asked.By.Id);
        return new Reply.Whisper(cards.Fill(new TieOfferCard(loop.Initiative.Name, code, platforms.FirstOrDefault(p => p.Name == asked.Workspace.Platform)?.EmailNeeds)))
        {
            KeptAs = cards.Fill(new Notice("This code was made and shown once; it is not kept and cannot be shown again. `/pilot together` makes another.")),
        };
    }

    private async Task<Reply> TakeAsync(Asked asked, LoopInHand loop, string code, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var tried = await db.WrongCodes.FindAsync([asked.By.Id], ct);
        if (tried is not null && now - tried.Since < WrongCodes.Within && tried.Count >= WrongCodes.Most)
        {
            return Notice.Whisper(cards, $"{WrongCodes.Most} codes that did not hold within an hour: I take none from you until {Say.Time(tried.Since + WrongCodes.Within, asked.By.TimeZone ?? loop.Loop.Slot.Zone)}.");
        }

        if (await across.OfferedAsync(code, now, ct) is not var (offer, theirLoop, theirChannel, theirWorkspace))
        {
            Count(asked, tried, now);
            return Notice.Whisper(cards, Invalid);
        }

        if (offer.WorkspaceId == asked.Workspace.Id)
        {
            return Notice.Whisper(cards, "This code was made in this workspace. An admin of the other one types it there; it still holds.");
        }

        var tie = Make(asked, loop, offer, now);
        db.TieOffers.RemoveRange(await db.TieOffers.Where(o => o.LoopId == theirLoop.Id || o.LoopId == loop.Loop.Id).ToListAsync(ct));
        // Both rosters are read again, now that somebody is to be recognised.
        (loop.Channel.MembersReadAt, theirChannel.MembersReadAt) = (null, null);
        var there = new OtherPlace(tie.Id, now, theirLoop.Id, theirWorkspace.Id, theirChannel.Id, OtherPlace.NameOf(theirChannel, theirWorkspace), Runs: true);
        Tell(asked.Workspace.Id, tie, loop.Channel, there.Name);
        Tell(theirWorkspace.Id, tie, theirChannel, OtherPlace.NameOf(loop.Channel, asked.Workspace));
        LogTied(tie.Id, loop.Loop.Id, theirLoop.Id, asked.By.Id);
        return new Reply.Whisper(await show.CardAsync(asked, loop, there, ct));
    }

    private Tie Make(Asked asked, LoopInHand loop, TieOffer offer, DateTimeOffset now)
    {
        var tie = new Tie { Id = Id.New<TieId>(clock), Since = now, Key = System.Security.Cryptography.RandomNumberGenerator.GetBytes(32) };
        db.Ties.Add(tie);
        db.TieSides.Add(new TieSide { LoopId = loop.Loop.Id, TieId = tie.Id, WorkspaceId = asked.Workspace.Id, By = asked.By.Id });
        db.TieSides.Add(new TieSide { LoopId = offer.LoopId, TieId = tie.Id, WorkspaceId = offer.WorkspaceId, By = offer.By });
        return tie;
    }

    /// <summary>Everybody it concerns learns of it, and what it means for them.</summary>
    private void Tell(WorkspaceId workspace, Tie tie, Channel channel, string other) => outbox.Post(workspace, $"tied:{tie.Id}:{channel.Id}", channel.Id, cards.Fill(new Notice(
        $"This initiative is also followed in {other}. From the next check-in on, whoever takes part in both is asked in one place, the one they joined first, and counted once. "
        + "You are recognised by a fingerprint of your e-mail address, which is kept while this lasts; `/pilot privacy` shows and deletes it. What anybody writes stays where they write it.")));

    private void Count(Asked asked, WrongCodes? tried, DateTimeOffset now)
    {
        if (tried is null)
        {
            tried = new WrongCodes { PersonId = asked.By.Id, WorkspaceId = asked.Workspace.Id, Since = now };
            db.WrongCodes.Add(tried);
        }
        else if (now - tried.Since >= WrongCodes.Within)
        {
            (tried.Since, tried.Count) = (now, 0);
        }

        tried.Count++;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Offered a tie of loop {Loop} by {Person}")]
    private partial void LogOffered(LoopId loop, PersonId person);

    [LoggerMessage(Level = LogLevel.Information, Message = "Made tie {Tie} of loops {Loop} and {Other} by {Person}")]
    private partial void LogTied(TieId tie, LoopId loop, LoopId other, PersonId person);
}

/// <param name="Code">The code itself; nowhere but here.</param>
/// <param name="EmailNeeds">What has to be granted here before anybody can be recognised.</param>
public sealed record TieOfferCard(string Initiative, string Code, string? EmailNeeds) : ICardData
{
    public static string Template => "tie-offer";
}
