using Bot.Links;

namespace Bot.Web.Links;

/// <summary>
/// Uploaded files between the choice of the file and the choice of its columns: in a folder of this process, readable by its user only,
/// found again only with the same link, gone after an hour or with the process. Somebody whose file is gone is asked to choose it again.
/// </summary>
public sealed class Uploads(TimeProvider clock) : IDisposable
{
    private readonly Lazy<DirectoryInfo> _folder = new(() => Directory.CreateTempSubdirectory("afterpilot-uploads-"));

    public async Task<Guid> KeepAsync(LoopLink link, Stream file, CancellationToken ct)
    {
        Sweep();
        var id = Guid.NewGuid();
        await using (var kept = new FileStream(Place(link, id), new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous }))
        {
            await file.CopyToAsync(kept, ct);
        }

        File.SetLastWriteTimeUtc(Place(link, id), clock.GetUtcNow().UtcDateTime);
        return id;
    }

    /// <summary>Null when it is not here, or not any more.</summary>
    public FileStream? Find(LoopLink link, Guid id)
    {
        try
        {
            return new FileStream(Place(link, id), new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    public void Drop(LoopLink link, Guid id) => File.Delete(Place(link, id));

    public void Dispose()
    {
        if (_folder.IsValueCreated)
        {
            _folder.Value.Delete(recursive: true);
        }
    }

    private string Place(LoopLink link, Guid id) => Path.Combine(_folder.Value.FullName, $"{link.Loop}-{link.By}-{id:N}.csv");

    private void Sweep()
    {
        var before = (clock.GetUtcNow() - LoopLink.Lifetime).UtcDateTime;
        foreach (var old in _folder.Value.EnumerateFiles().Where(f => f.LastWriteTimeUtc < before))
        {
            old.Delete();
        }
    }
}
