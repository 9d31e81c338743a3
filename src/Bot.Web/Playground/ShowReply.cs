using System.Diagnostics;
using Bot.Chat;
using Bot.Web.Playground.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Bot.Web.Playground;

/// <summary>What the bot answers to.</summary>
/// <param name="OnMessageId">The message that was pressed, or that the form was opened from.</param>
/// <param name="Sent">The form that was sent.</param>
public sealed record Answered(Place Place, DeliveryId Delivery, long? OnMessageId, PendingForm? Sent);

/// <summary>Turns the bot's reply into what is stored and which page comes next.</summary>
public sealed class ShowReply(IDbContextFactory<PlaygroundDb> stores, TimeProvider clock)
{
    public async Task<IResult> AnswerAsync(Reply reply, Answered to, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var form = reply switch
        {
            Reply.OpenForm open => await OpenAsync(store, open.Form, to, ct),
            Reply.FieldErrors wrong => await ReopenAsync(store, wrong, to, ct),
            _ => null,
        };
        if (to.Sent is { } sent && sent.Id != form?.Id)
        {
            await store.Forms.Where(f => f.Id == sent.Id).ExecuteDeleteAsync(ct);
        }

        switch (reply)
        {
            case Reply.Silence or Reply.OpenForm or Reply.FieldErrors:
                break;
            case Reply.Whisper whisper:
                Whisper(store, whisper.Card, to);
                break;
            case Reply.ReplaceCard replace:
                if (await store.Messages.SingleOrDefaultAsync(m => m.Id == to.OnMessageId, ct) is { } pressed)
                {
                    pressed.Show(replace.Card, clock.GetUtcNow());
                }
                else
                {
                    Whisper(store, replace.Card, to);
                }

                break;
            default:
                throw new UnreachableException();
        }

        await SaveOnceAsync(store, ct);
        return Then.Show(to.Place, form is null ? null : $"&form={form.Id}");
    }

    private void Whisper(PlaygroundDb store, Card card, Answered to) => store.Messages.Add(PlaygroundMessage.Of(
        card, to.Place.In.Id, to.Place.AnswersIn, visibleTo: to.Place.Me.Id, key: $"reply-{to.Delivery.Value}", clock.GetUtcNow()));

    private async Task<PendingForm> OpenAsync(PlaygroundDb store, Form form, Answered to, CancellationToken ct)
    {
        // Opened again, it comes with the draft that the bot kept; an older window of it would only show less.
        await store.Forms.Where(f => f.PersonId == to.Place.Me.Id && f.Name == form.Ref.Name && f.Key == form.Ref.Key).ExecuteDeleteAsync(ct);
        var now = clock.GetUtcNow();
        var opened = new PendingForm
        {
            Id = Guid.CreateVersion7(now).ToString("N"),
            PersonId = to.Place.Me.Id,
            ConversationId = to.Place.In.Id,
            ThreadId = to.Place.AnswersIn,
            OnMessageId = to.OnMessageId,
            Name = form.Ref.Name,
            Key = form.Ref.Key,
            Title = form.Title,
            CardJson = form.Card.Content.ToJsonString(),
            OpenedAt = now,
        };
        store.Forms.Add(opened);
        return opened;
    }

    /// <summary>The same window again with the errors, or a new one where it was closed meanwhile.</summary>
    private async Task<PendingForm> ReopenAsync(PlaygroundDb store, Reply.FieldErrors wrong, Answered to, CancellationToken ct)
    {
        var form = to.Sent is { } sent ? await store.Forms.SingleOrDefaultAsync(f => f.Id == sent.Id, ct) : null;
        form ??= await OpenAsync(store, wrong.Form, to, ct);
        form.Title = wrong.Form.Title;
        form.CardJson = wrong.Form.Card.Content.ToJsonString();
        form.Typed = to.Sent?.Typed;
        form.Errors = PendingForm.Write(wrong.Errors);
        form.Revision++;
        return form;
    }

    private static async Task SaveOnceAsync(PlaygroundDb store, CancellationToken ct)
    {
        try
        {
            await store.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.IsDoubled)
        {
            // The same delivery answered twice at once: the answer is there already.
        }
    }
}

/// <summary>Tells why SQLite did not take a row.</summary>
public static class StoreErrors
{
    // https://www.sqlite.org/rescode.html#constraint_unique
    private const int UniqueConstraintFailed = 2067;

    extension(DbUpdateException e)
    {
        /// <summary>There is such a row already.</summary>
        public bool IsDoubled => e.InnerException is SqliteException { SqliteExtendedErrorCode: UniqueConstraintFailed };
    }
}
