using Bot.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Chat;

/// <summary>Tells how things are, changing and noting nothing. Whom and what it is given is shared with others who ask at the same moment.</summary>
public interface IQuestionHandler : ICommandHandler;

/// <summary>One question of somebody who is known, answered from one moment of the store. A question is not kept in the inbox: asked again it is answered again.</summary>
public sealed class Question(BotDb db, Moment moment, IServiceProvider services) : IAsyncDisposable
{
    private KeptOpen? _open;

    /// <summary>Null where the platform says something new of who asks or where, if only that they are there: that has to be noted first.</summary>
    public async Task<Reply?> AnswerAsync(CommandTyped typed, CommandWord word, string arguments, CancellationToken ct) =>
        await WhoAsksAsync(typed) is { } asked ? await ((IQuestionHandler)services.GetRequiredService(word.Handler)).HandleAsync(asked, arguments, ct) : null;

    public async ValueTask DisposeAsync()
    {
        if (_open is not null)
        {
            await _open.DisposeAsync();
        }
    }

    private async Task<Asked?> WhoAsksAsync(CommandTyped typed)
    {
        if (typed.By is not { } by || await WorkspaceAsync(typed.Workspace) is not { } workspace || await PersonAsync(workspace.Id, by) is not { } person)
        {
            return null;
        }

        return typed.In is null or { Kind: ConversationKind.Personal } ? new Asked(workspace, person, null, null)
            : await ChannelAsync(workspace.Id, typed.In) is { } channel ? new Asked(workspace, person, channel, null) : null;
    }

    private async Task<Workspace?> WorkspaceAsync(WorkspaceRef named)
    {
        var (platform, id) = (named.Platform, named.Id);
        var known = await OnceAsync((platform, id), () => db.Workspaces.Where(w => w.Platform == platform && w.ExternalId == id && w.DeletingSince == null));
        return known is { RemovedAt: null } && (named.Name is null || named.Name == known.Name) ? known : null;
    }

    private async Task<Person?> PersonAsync(WorkspaceId workspace, ChatPerson named)
    {
        var id = named.Id;
        var known = await OnceAsync((typeof(Person), workspace, id), () => db.People.Where(p => p.WorkspaceId == workspace && p.ExternalId == id));
        return known is { GoneAt: null } && (named.Name is null || named.Name == known.Name) && (named.IsAdmin is null || named.IsAdmin == known.IsAdmin)
            && (named.TimeZone is null || named.TimeZone == known.TimeZone) ? known : null;
    }

    private async Task<Channel?> ChannelAsync(WorkspaceId workspace, Conversation named)
    {
        var id = named.Id;
        var known = await OnceAsync((typeof(Channel), workspace, id), () => db.Channels.Where(c => c.WorkspaceId == workspace && c.ExternalId == id));
        return known is not null && (named.Name is null || named.Name == known.Name) ? known : null;
    }

    /// <summary>Most often nothing has to be read; when something has to, the connection stays open for what else has.</summary>
    private Task<T?> OnceAsync<T>(object about, Func<IQueryable<T>> row)
        where T : class => moment.OnceAsync(about, async ct =>
        {
            _open ??= await db.KeepOpenAsync(ct);
            return await row().AsNoTracking().FirstOrDefaultAsync(ct);
        });
}
